using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;
using Aisle.Sql;

namespace Aisle.Benchmarks.Fuzz;

/// <summary>Stores that only remember what came during one input.</summary>
internal sealed class CapturingStores : IEventQueue, IEventWarehouse, IProfileStore, ICatalogueStore
{
    public List<QueueMessage> Published { get; } = [];

    public List<ParkedMessage> Parked { get; } = [];

    public List<InteractionEvent> Appended { get; } = [];

    public void Clear()
    {
        Published.Clear();
        Parked.Clear();
        Appended.Clear();
    }

    Task IEventQueue.PublishAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        Published.AddRange(messages);
        return Task.CompletedTask;
    }

    Task IEventQueue.ParkAsync(IReadOnlyList<ParkedMessage> messages, CancellationToken cancellationToken)
    {
        Parked.AddRange(messages);
        return Task.CompletedTask;
    }

    Task<IReadOnlyList<LeasedMessage>> IEventQueue.LeaseAsync(int limit, TimeSpan lease, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<LeasedMessage>>([]);

    Task IEventQueue.AcknowledgeAsync(IReadOnlyCollection<string> leaseIds, CancellationToken cancellationToken) => Task.CompletedTask;

    Task IEventQueue.ReleaseAsync(IReadOnlyCollection<string> leaseIds, TimeSpan delay, CancellationToken cancellationToken) => Task.CompletedTask;

    Task<int> IEventQueue.EraseAsync(UserId user, CancellationToken cancellationToken) => Task.FromResult(0);

    Task IEventQueue.RetryAsync(IReadOnlyCollection<FailedDelivery> failures, CancellationToken cancellationToken) => Task.CompletedTask;

    Task<AppendOutcome> IEventWarehouse.AppendAsync(IReadOnlyList<InteractionEvent> events, CancellationToken cancellationToken)
    {
        Appended.AddRange(events);
        return Task.FromResult(new AppendOutcome(events.Count, null));
    }

    IAsyncEnumerable<TRow> IEventWarehouse.QueryAsync<TRow>(PortableQuery<TRow> query, IReadOnlyDictionary<string, object> parameters, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing is asked while inputs are thrown.");

    Task<IReadOnlyDictionary<string, long>> IEventWarehouse.EraseAsync(UserId user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nobody is erased while inputs are thrown.");

    Task<Versioned<ShopperProfile>?> IProfileStore.ReadAsync(UserId user, CancellationToken cancellationToken) => Task.FromResult<Versioned<ShopperProfile>?>(null);

    Task<IReadOnlyDictionary<UserId, Versioned<ShopperProfile>>> IProfileStore.ReadManyAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<UserId, Versioned<ShopperProfile>>>(new Dictionary<UserId, Versioned<ShopperProfile>>());

    Task<IReadOnlyList<UserId>> IProfileStore.VisitorsOfAsync(UserId user, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<UserId>>([]);

    Task<IReadOnlyList<UserId>> IProfileStore.WriteAsync(IReadOnlyList<ProfileWrite> writes, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<UserId>>([]);

    Task IProfileStore.DeleteAsync(UserId user, CancellationToken cancellationToken) => Task.CompletedTask;

    Task ICatalogueStore.UpsertAsync(IReadOnlyList<Product> products, CancellationToken cancellationToken) => Task.CompletedTask;

    Task<Product?> ICatalogueStore.UpdateAsync(ProductId product, Func<Product, Product> change, CancellationToken cancellationToken) => Task.FromResult<Product?>(null);

    Task ICatalogueStore.DeleteAsync(IReadOnlyCollection<ProductId> products, CancellationToken cancellationToken) => Task.CompletedTask;

    Task<Product?> ICatalogueStore.FindAsync(ProductId product, CancellationToken cancellationToken) => Task.FromResult<Product?>(null);

    Task<IReadOnlyDictionary<ProductId, Product>> ICatalogueStore.FindManyAsync(IReadOnlyCollection<ProductId> products, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<ProductId, Product>>(new Dictionary<ProductId, Product>());

    IAsyncEnumerable<Product> ICatalogueStore.ReadAllAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<Product>();
}
