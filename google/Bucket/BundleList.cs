namespace Aisle.GoogleCloud.Bucket;

/// <summary>The list that makes a bundle complete: a line per file, its digest and its name.</summary>
/// <param name="files">In the order of their names.</param>
internal sealed class BundleList(IReadOnlyList<BundleFile> files)
{
    /// <summary>The list's own name.</summary>
    public const string FileName = "complete.txt";

    /// <summary>The bundle's files.</summary>
    public IReadOnlyList<BundleFile> Files { get; } = files;

    /// <summary>The list as it is written; two bundles with the same are the same.</summary>
    public string Text { get; } = string.Concat(files.Select(file => $"{file.Digest} {file.Name}\n"));

    /// <summary>Whether a folder has a list.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>The list of a folder; null when it has none, or none of this form.</summary>
    public static async Task<BundleList?> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Exists(folder))
        {
            return null;
        }

        string[] lines = await File.ReadAllLinesAsync(Path.Combine(folder, FileName), cancellationToken);
        return Array.TrueForAll(lines, line => line.IndexOf(' ') == 64)
            ? new BundleList([.. lines.Select(line => new BundleFile(line[65..], line[..64]))])
            : null;
    }

    /// <summary>Writes the list: from here on the folder's bundle is complete.</summary>
    public Task WriteAsync(string folder, CancellationToken cancellationToken) => File.WriteAllTextAsync(Path.Combine(folder, FileName), Text, cancellationToken);

    /// <summary>Removes the list: from here on the folder's bundle is incomplete.</summary>
    public static void Delete(string folder) => File.Delete(Path.Combine(folder, FileName));
}
