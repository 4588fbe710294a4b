using Aisle.Ports;
using Aisle.Testing.Contracts;
using Aisle.Testing.Fakes;

namespace Aisle.Local.Tests.Fakes;

public sealed class InMemoryEventQueueTests : EventQueueContract
{
    protected override Task<IEventQueue> CreateAsync() => Task.FromResult<IEventQueue>(new InMemoryEventQueue(Clock));
}

public sealed class InMemoryProfileStoreTests : ProfileStoreContract
{
    protected override Task<IProfileStore> CreateAsync() => Task.FromResult<IProfileStore>(new InMemoryProfileStore());
}

public sealed class InMemoryCandidateStoreTests : CandidateStoreContract
{
    protected override Task<ICandidateStore> CreateAsync() => Task.FromResult<ICandidateStore>(new InMemoryCandidateStore());
}

public sealed class InMemoryCatalogueStoreTests : CatalogueStoreContract
{
    protected override Task<ICatalogueStore> CreateAsync() => Task.FromResult<ICatalogueStore>(new InMemoryCatalogueStore());
}

public sealed class InMemoryPriceHistoryTests : PriceHistoryContract
{
    protected override Task<IPriceHistory> CreateAsync() => Task.FromResult<IPriceHistory>(new InMemoryPriceHistory());
}

public sealed class InMemoryAvailabilityOverlayTests : AvailabilityOverlayContract
{
    protected override Task<IAvailabilityOverlay> CreateAsync() => Task.FromResult<IAvailabilityOverlay>(new InMemoryAvailabilityOverlay());
}

public sealed class InMemoryExperimentStoreTests : ExperimentStoreContract
{
    protected override Task<IExperimentStore> CreateAsync() => Task.FromResult<IExperimentStore>(new InMemoryExperimentStore());
}

public sealed class InMemoryRuleStoreTests : RuleStoreContract
{
    protected override Task<IRuleStore> CreateAsync() => Task.FromResult<IRuleStore>(new InMemoryRuleStore());
}

public sealed class InMemoryRunStoreTests : RunStoreContract
{
    protected override Task<IRunStore> CreateAsync() => Task.FromResult<IRunStore>(new InMemoryRunStore());
}

public sealed class TemporaryModelStoreTests : ModelStoreContract, IDisposable
{
    private readonly TemporaryModelStore _store = new();

    public void Dispose() => _store.Dispose();

    protected override Task<IModelStore> CreateAsync() => Task.FromResult<IModelStore>(_store);
}
