using Aisle.Host.State;

namespace Aisle.Host.Tests;

/// <summary>A folder of one test's own, gone with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("aisle-host-tests-").FullName;

    public StateFolder State => new(Path);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
