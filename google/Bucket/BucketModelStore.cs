using Aisle.Ports;

namespace Aisle.GoogleCloud.Bucket;

/// <summary>Model bundles on a Cloud Storage bucket that is mounted as a folder. A mounted bucket cannot rename a folder in one step, so
/// the last file written is a list of all the others with their digests: a version with a list is complete. Bundles are copied to local
/// memory before they are read; a copy whose list is another than the bucket's is stale, and is made again.</summary>
/// <param name="mount">The mounted folder.</param>
/// <param name="cache">A local folder, in memory on Cloud Run.</param>
public sealed class BucketModelStore(string mount, string cache) : IModelStore, IDisposable
{
    private const int CopiesKept = 4;

    private readonly SemaphoreSlim _copying = new(1, 1);
    private readonly List<string> _opened = [];

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A file of the bundle is not what its list says.</exception>
    public async Task<string?> OpenAsync(string version, CancellationToken cancellationToken)
    {
        string local = Folder(cache, version);
        await _copying.WaitAsync(cancellationToken);
        try
        {
            BundleList? bundle = await BundleList.ReadAsync(Folder(mount, version), cancellationToken);
            if (bundle is null)
            {
                return null;
            }

            if ((await BundleList.ReadAsync(local, cancellationToken))?.Text != bundle.Text)
            {
                await CopyAsync(bundle, Folder(mount, version), local, cancellationToken);
            }

            ForgetOldest(local);

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
        if (BundleList.Exists(target))
        {
            return; // bundles are immutable
        }

        Directory.CreateDirectory(target);
        List<BundleFile> files = [];
        foreach (string name in Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Where(name => name != BundleList.FileName).Order(StringComparer.Ordinal))
        {
            files.Add(await BundleFile.CopyAsync(name, folder, target, cancellationToken));
        }

        await new BundleList(files).WriteAsync(target, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>(
        [.. Directory.EnumerateDirectories(mount).Where(BundleList.Exists).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)]);

    /// <inheritdoc/>
    public Task DeleteAsync(string version, CancellationToken cancellationToken)
    {
        BundleList.Delete(Directory.CreateDirectory(Folder(mount, version)).FullName); // from here on it is incomplete
        Directory.Delete(Folder(mount, version), recursive: true);
        Remove(Folder(cache, version));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _copying.Dispose();

    /// <summary>Copies into a folder beside the local one and renames it, so that a copy that was broken off is never opened.</summary>
    private static async Task CopyAsync(BundleList bundle, string from, string to, CancellationToken cancellationToken)
    {
        string part = to + ".part";
        Remove(part);
        Directory.CreateDirectory(part);
        foreach (BundleFile file in bundle.Files)
        {
            BundleFile copied = await BundleFile.CopyAsync(file.Name, from, part, cancellationToken);
            if (copied != file)
            {
                throw new InvalidDataException($"{Path.Combine(from, file.Name)} is not what was saved; promote another version (GET /v1/models), or retrain.");
            }
        }

        await bundle.WriteAsync(part, cancellationToken);
        Remove(to);
        Directory.Move(part, to);
    }

    /// <summary>The copies opened last stay: local memory is small, and every night brings a model. One that is mapped lives on
    /// until whoever mapped it lets go.</summary>
    private void ForgetOldest(string opened)
    {
        _opened.Remove(opened);
        _opened.Add(opened);
        while (_opened.Count > CopiesKept)
        {
            Remove(_opened[0]);
            _opened.RemoveAt(0);
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Folder(string root, string version)
    {
        bool isName = version.Length > 0 && version[0] != '.' && version.AsSpan().IndexOfAny('/', '\\') < 0;
        return isName
            ? Path.Combine(root, version)
            : throw new ArgumentException("A version is a plain name without slashes and does not begin with a dot.", nameof(version));
    }
}
