using Aisle.Ports;

namespace Aisle.GoogleCloud.Bucket;

/// <summary>Model bundles on a Cloud Storage bucket that is mounted as a folder. A mounted bucket cannot rename a folder in one step, so the last file written
/// is a list of all the others: a version with a list is complete. Bundles are copied to local memory before they are read.</summary>
/// <param name="mount">The mounted folder.</param>
/// <param name="cache">A local folder, in memory on Cloud Run.</param>
public sealed class BucketModelStore(string mount, string cache) : IModelStore, IDisposable
{
    private const string ListFile = "complete.txt";

    private readonly SemaphoreSlim _copying = new(1, 1);

    /// <inheritdoc/>
    public async Task<string?> OpenAsync(string version, CancellationToken cancellationToken)
    {
        string local = Folder(cache, version);
        await _copying.WaitAsync(cancellationToken);
        try
        {
            string list = Path.Combine(Folder(mount, version), ListFile);
            if (!File.Exists(list))
            {
                return null;
            }

            if (!Directory.Exists(local))
            {
                await CopyAsync(await File.ReadAllLinesAsync(list, cancellationToken), Folder(mount, version), local, cancellationToken);
            }

            return local;
        }
        finally
        {
            _copying.Release();
        }
    }

    /// <inheritdoc/>
    public async Task SaveAsync(string version, string folder, CancellationToken cancellationToken)
    {
        string target = Folder(mount, version);
        string list = Path.Combine(target, ListFile);
        if (File.Exists(list))
        {
            return; // bundles are immutable
        }

        Directory.CreateDirectory(target);
        string[] names = [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        foreach (string name in names)
        {
            await CopyFileAsync(Path.Combine(folder, name), Path.Combine(target, name), cancellationToken);
        }

        await File.WriteAllLinesAsync(list, names, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>(
        [.. Directory.EnumerateDirectories(mount)
            .Where(folder => File.Exists(Path.Combine(folder, ListFile)))
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal)]);

    /// <inheritdoc/>
    public Task DeleteAsync(string version, CancellationToken cancellationToken)
    {
        File.Delete(Path.Combine(Directory.CreateDirectory(Folder(mount, version)).FullName, ListFile)); // from here on it is incomplete
        Directory.Delete(Folder(mount, version), recursive: true);
        if (Directory.Exists(Folder(cache, version)))
        {
            Directory.Delete(Folder(cache, version), recursive: true);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _copying.Dispose();

    /// <summary>Copies into a folder beside the local one and renames it, so that a copy that was broken off is never opened.</summary>
    private static async Task CopyAsync(string[] names, string from, string to, CancellationToken cancellationToken)
    {
        string part = to + ".part";
        if (Directory.Exists(part))
        {
            Directory.Delete(part, recursive: true);
        }

        Directory.CreateDirectory(part);
        foreach (string name in names)
        {
            await CopyFileAsync(Path.Combine(from, name), Path.Combine(part, name), cancellationToken);
        }

        Directory.Move(part, to);
    }

    private static async Task CopyFileAsync(string from, string to, CancellationToken cancellationToken)
    {
        await using FileStream source = File.OpenRead(from);
        await using FileStream target = File.Create(to);
        await source.CopyToAsync(target, cancellationToken);
    }

    private static string Folder(string root, string version)
    {
        bool isName = version.Length > 0 && version[0] != '.' && version.AsSpan().IndexOfAny('/', '\\') < 0;
        return isName
            ? Path.Combine(root, version)
            : throw new ArgumentException("A version is a plain name without slashes and does not begin with a dot.", nameof(version));
    }
}
