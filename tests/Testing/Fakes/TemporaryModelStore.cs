using Aisle.Ports;

namespace Aisle.Testing.Fakes;

/// <summary>Model bundles in a folder that goes with the test.</summary>
public sealed class TemporaryModelStore : IModelStore, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Task<string?> OpenAsync(string version, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(_folder.Path, version);
        return Task.FromResult(Directory.Exists(folder) ? folder : null);
    }

    public Task SaveAsync(string version, string folder, CancellationToken cancellationToken)
    {
        string target = Path.Combine(_folder.Path, version);
        if (!Directory.Exists(target))
        {
            Directory.CreateDirectory(target);
            foreach (string file in Directory.EnumerateFiles(folder))
            {
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>(
        [.. Directory.EnumerateDirectories(_folder.Path).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)]);

    public Task DeleteAsync(string version, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(_folder.Path, version);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }

    public void Dispose() => _folder.Dispose();
}
