using Aisle.Ports;

namespace Aisle.Local.Workspaces;

/// <summary>Model bundles as folders of one folder; a version appears by one rename, so it is whole or absent.</summary>
/// <param name="root">Where the versions lie; made when missing.</param>
public sealed class FileModelStore(string root) : IModelStore
{
    /// <inheritdoc/>
    public Task<string?> OpenAsync(string version, CancellationToken cancellationToken)
    {
        string folder = Folder(version);
        return Task.FromResult(Directory.Exists(folder) ? folder : null);
    }

    /// <inheritdoc/>
    /// <remarks>The files are flushed to disk before the rename. A version that is there already is kept: bundles are immutable.</remarks>
    public async Task SaveAsync(string version, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(root);
        string target = Folder(version);
        if (Directory.Exists(target))
        {
            return;
        }

        string staging = Path.Combine(root, $".{version}.part");
        if (Directory.Exists(staging))
        {
            Directory.Delete(staging, recursive: true);
        }

        Directory.CreateDirectory(staging);
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            await CopyAsync(file, Path.Combine(staging, Path.GetFileName(file)), cancellationToken);
        }

        Directory.Move(staging, target);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(Directory.Exists(root)
            ? [.. Directory.EnumerateDirectories(root).Select(Path.GetFileName).OfType<string>().Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal)]
            : []);

    /// <inheritdoc/>
    public Task DeleteAsync(string version, CancellationToken cancellationToken)
    {
        string folder = Folder(version);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }

    private static async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        await using FileStream source = File.OpenRead(from);
        await using FileStream target = new(to, FileMode.Create, FileAccess.Write);
        await source.CopyToAsync(target, cancellationToken);
        await target.FlushAsync(cancellationToken);
        target.Flush(flushToDisk: true);
    }

    private string Folder(string version)
    {
        bool isName = version.Length > 0 && version[0] != '.' && version.AsSpan().IndexOfAny('/', '\\') < 0;
        return isName
            ? Path.Combine(root, version)
            : throw new ArgumentException("A version is a plain name without slashes and does not begin with a dot.", nameof(version));
    }
}
