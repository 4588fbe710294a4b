using Aisle.Local.Sqlite;
using Aisle.Ports;
using Aisle.Testing.Contracts;

namespace Aisle.Local.Tests.Sqlite;

public sealed class SqliteEventQueueTests : EventQueueContract, IDisposable
{
    private readonly SqliteFile _file = new(SqliteEventQueue.Schema, isDurable: true);

    public void Dispose() => _file.Dispose();

    protected override Task<IEventQueue> CreateAsync() => Task.FromResult<IEventQueue>(new SqliteEventQueue(_file.Database, Clock));
}

public sealed class SqliteProfileStoreTests : ProfileStoreContract, IDisposable
{
    private readonly SqliteFile _file = new(SqliteProfileStore.Schema);

    public void Dispose() => _file.Dispose();

    protected override Task<IProfileStore> CreateAsync() => Task.FromResult<IProfileStore>(new SqliteProfileStore(_file.Database));
}

public sealed class SqliteCandidateStoreTests : CandidateStoreContract, IDisposable
{
    private readonly SqliteFile _file = new(SqliteCandidateStore.Schema);

    public void Dispose() => _file.Dispose();

    protected override Task<ICandidateStore> CreateAsync() => Task.FromResult<ICandidateStore>(new SqliteCandidateStore(_file.Database));
}

public sealed class SqliteCatalogueStoreTests : CatalogueStoreContract, IDisposable
{
    private readonly SqliteFile _file = new(SqliteCatalogueStore.Schema);

    public void Dispose() => _file.Dispose();

    protected override Task<ICatalogueStore> CreateAsync() => Task.FromResult<ICatalogueStore>(new SqliteCatalogueStore(_file.Database));
}

public sealed class SqliteAvailabilityOverlayTests : AvailabilityOverlayContract, IDisposable
{
    private readonly SqliteFile _file = new(SqliteAvailabilityOverlay.Schema);

    public void Dispose() => _file.Dispose();

    protected override Task<IAvailabilityOverlay> CreateAsync() => Task.FromResult<IAvailabilityOverlay>(new SqliteAvailabilityOverlay(_file.Database));
}

public sealed class SqlitePriceHistoryTests : PriceHistoryContract, IDisposable
{
    private readonly SqliteFile _file = new(SqlitePriceHistory.Schema);

    public void Dispose() => _file.Dispose();

    protected override Task<IPriceHistory> CreateAsync() => Task.FromResult<IPriceHistory>(new SqlitePriceHistory(_file.Database));
}

public sealed class SqliteExperimentStoreTests : ExperimentStoreContract, IDisposable
{
    private readonly SqliteFile _file = new(SqliteExperimentStore.Schema);

    public void Dispose() => _file.Dispose();

    protected override Task<IExperimentStore> CreateAsync() => Task.FromResult<IExperimentStore>(new SqliteExperimentStore(_file.Database));
}

public sealed class SqliteRunStoreTests : RunStoreContract, IDisposable
{
    private readonly SqliteFile _file = new(SqliteRunStore.Schema);

    public void Dispose() => _file.Dispose();

    protected override Task<IRunStore> CreateAsync() => Task.FromResult<IRunStore>(new SqliteRunStore(_file.Database));
}
