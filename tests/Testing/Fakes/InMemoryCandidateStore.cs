using System.Collections.Concurrent;
using Aisle.Candidates.Lists;
using Aisle.Events;
using Aisle.Ports;

namespace Aisle.Testing.Fakes;

/// <summary>Candidate lists in memory.</summary>
public sealed class InMemoryCandidateStore : ICandidateStore
{
    private readonly ConcurrentDictionary<(string Version, UserId User), CandidateList> _lists = [];
    private ServingManifest? _manifest;

    /// <summary>Set to delay or fail each read of a list.</summary>
    public Func<CancellationToken, Task> BeforeRead { get; set; } = _ => Task.CompletedTask;

    public int Count(string version) => _lists.Keys.Count(key => key.Version == version);

    public Task WriteAsync(string modelVersion, IReadOnlyList<CandidateList> lists, CancellationToken cancellationToken)
    {
        foreach (CandidateList list in lists)
        {
            _lists[(modelVersion, list.User)] = list;
        }

        return Task.CompletedTask;
    }

    public async Task<CandidateList?> ReadAsync(string modelVersion, UserId user, CancellationToken cancellationToken)
    {
        await BeforeRead(cancellationToken);
        return _lists.GetValueOrDefault((modelVersion, user));
    }

    public Task<ServingManifest?> ReadManifestAsync(CancellationToken cancellationToken) => Task.FromResult(_manifest);

    public Task PublishAsync(ServingManifest manifest, CancellationToken cancellationToken)
    {
        _manifest = manifest;
        return Task.CompletedTask;
    }

    public Task DropAsync(string modelVersion, CancellationToken cancellationToken)
    {
        if (_manifest?.ModelVersion == modelVersion)
        {
            return Task.FromException(new InvalidOperationException($"The version {modelVersion} serves."));
        }

        foreach ((string Version, UserId User) key in _lists.Keys.Where(key => key.Version == modelVersion))
        {
            _lists.TryRemove(key, out _);
        }

        return Task.CompletedTask;
    }

    public Task<int> DeleteUserAsync(UserId user, CancellationToken cancellationToken) =>
        Task.FromResult(_lists.Keys.Count(key => key.User == user && _lists.TryRemove(key, out _)));
}
