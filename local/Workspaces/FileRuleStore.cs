using System.Security.Cryptography;
using System.Text;
using Aisle.Ports;

namespace Aisle.Local.Workspaces;

/// <summary>The merchandisers' rules as one file of the workspace, which people may edit with any editor beside the running shop.</summary>
/// <param name="path">Where the file lies; it need not exist.</param>
/// <remarks>The tag is the content's hash, so a hand's edit is seen at the next read. A write appears by one rename: a reader finds the old file or the new one.
/// The process that owns the workspace is the only writer by program; a hand that saves between its check and its rename is overwritten.</remarks>
public sealed class FileRuleStore(string path) : IRuleStore
{
    private readonly Lock _writing = new();

    /// <inheritdoc/>
    public Task<Versioned<string>?> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Read());
    }

    /// <inheritdoc/>
    public Task<string?> TryWriteAsync(string document, string? expectedTag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_writing)
        {
            if (Read()?.Tag != expectedTag)
            {
                return Task.FromResult<string?>(null);
            }

            byte[] content = Encoding.UTF8.GetBytes(document);
            string staging = path + ".part";
            using (FileStream file = new(staging, FileMode.Create, FileAccess.Write))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(staging, path, overwrite: true);
            return Task.FromResult<string?>(TagOf(content));
        }
    }

    private Versioned<string>? Read()
    {
        try
        {
            byte[] content = File.ReadAllBytes(path);
            return new Versioned<string>(Encoding.UTF8.GetString(content).TrimStart('\uFEFF'), TagOf(content));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string TagOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content))[..16];
}
