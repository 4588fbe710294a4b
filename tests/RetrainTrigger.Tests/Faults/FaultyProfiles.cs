using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;

namespace Aisle.RetrainTrigger.Tests.Faults;

/// <summary>Shoppers' documents of which one method fails.</summary>
internal sealed class FaultyProfiles(IProfileStore inner, string method, Func<Exception?> fault) : IProfileStore
{
    private readonly StoreFault _fault = new(method, fault);

    public Task<Versioned<ShopperProfile>?> ReadAsync(UserId user, CancellationToken cancellationToken) => inner.ReadAsync(user, cancellationToken);

    public Task<IReadOnlyDictionary<UserId, Versioned<ShopperProfile>>> ReadManyAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        _fault.Meet(nameof(ReadManyAsync));
        return inner.ReadManyAsync(users, cancellationToken);
    }

    public Task<IReadOnlyList<UserId>> VisitorsOfAsync(UserId user, CancellationToken cancellationToken) => inner.VisitorsOfAsync(user, cancellationToken);

    public Task<IReadOnlyList<UserId>> WriteAsync(IReadOnlyList<ProfileWrite> writes, CancellationToken cancellationToken)
    {
        _fault.Meet(nameof(WriteAsync));
        return inner.WriteAsync(writes, cancellationToken);
    }

    public Task DeleteAsync(UserId user, CancellationToken cancellationToken) => inner.DeleteAsync(user, cancellationToken);
}
