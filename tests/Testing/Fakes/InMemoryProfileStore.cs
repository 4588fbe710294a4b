using System.Collections.Concurrent;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;

namespace Aisle.Testing.Fakes;

/// <summary>Profiles in memory.</summary>
public sealed class InMemoryProfileStore : IProfileStore
{
    private readonly InMemoryDocuments<ShopperProfile> _documents = new();
    private readonly ConcurrentDictionary<UserId, byte> _users = [];

    /// <summary>Set to delay or fail each read.</summary>
    public Func<CancellationToken, Task> BeforeRead { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<ShopperProfile> All => [.. _users.Keys.Order().Select(user => _documents.Read(user.Value)?.Value).OfType<ShopperProfile>()];

    public async Task<Versioned<ShopperProfile>?> ReadAsync(UserId user, CancellationToken cancellationToken)
    {
        await BeforeRead(cancellationToken);
        return _documents.Read(user.Value);
    }

    public async Task<IReadOnlyDictionary<UserId, Versioned<ShopperProfile>>> ReadManyAsync(
        IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        await BeforeRead(cancellationToken);
        return users.Distinct()
            .Select(user => (user, found: _documents.Read(user.Value)))
            .Where(pair => pair.found is not null)
            .ToDictionary(pair => pair.user, pair => pair.found!);
    }

    public Task<IReadOnlyList<UserId>> VisitorsOfAsync(UserId user, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<UserId>>([.. _documents.ReadAll().Where(profile => profile.Value.HasLoggedInAs(user)).Select(profile => profile.Value.User)]);

    public Task<IReadOnlyList<UserId>> WriteAsync(IReadOnlyList<ProfileWrite> writes, CancellationToken cancellationToken)
    {
        List<UserId> refused = [];
        foreach (ProfileWrite write in writes)
        {
            _users.TryAdd(write.Profile.User, 0);
            if (_documents.TryWrite(write.Profile.User.Value, write.Profile, write.ExpectedTag) is null)
            {
                refused.Add(write.Profile.User);
            }
        }

        return Task.FromResult<IReadOnlyList<UserId>>(refused);
    }

    public Task DeleteAsync(UserId user, CancellationToken cancellationToken)
    {
        _documents.Delete(user.Value);
        return Task.CompletedTask;
    }
}
