using Aisle.Events;
using Aisle.Local.DuckDb;
using Aisle.Ports;
using Aisle.Testing;
using Aisle.Testing.Contracts;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Local.Tests.DuckDb;

public sealed class DuckDbEventWarehouseTests : EventWarehouseContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private DuckDbDatabase? _database;

    public void Dispose()
    {
        _database?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Repeats_within_a_batch_and_across_batches_are_counted()
    {
        IEventWarehouse warehouse = await CreateAsync();
        AppendOutcome first = await warehouse.AppendAsync([Some.Event("a"), Some.Event("a"), Some.Event("b")], TestContext.Current.CancellationToken);
        AppendOutcome second = await warehouse.AppendAsync([Some.Event("b"), Some.Event("c")], TestContext.Current.CancellationToken);

        Assert.Equal((3, 1), (first.Received, first.Duplicates));
        Assert.Equal((2, 1), (second.Received, second.Duplicates));
    }

    [Fact]
    public async Task An_id_that_is_sent_again_with_another_time_is_still_one_event()
    {
        IEventWarehouse warehouse = await CreateAsync();
        await warehouse.AppendAsync([Some.Event("a")], TestContext.Current.CancellationToken);

        AppendOutcome again = await warehouse.AppendAsync(
            [Some.Event("a") with { OccurredAt = Some.Instant.AddHours(71) }], TestContext.Current.CancellationToken);

        Assert.Equal(1, again.Duplicates);
    }

    [Fact]
    public async Task What_was_appended_is_there_after_the_file_is_opened_anew()
    {
        IEventWarehouse warehouse = await CreateAsync();
        InteractionEvent full = Some.Purchase() with { Slate = new SlateId("s"), Position = 3, PageLoadMs = 5, DeviceType = "mobile" };
        await warehouse.AppendAsync([full], TestContext.Current.CancellationToken);
        _database!.Dispose();
        warehouse = await CreateAsync();

        Assert.Equal(1, (await warehouse.AppendAsync([full], TestContext.Current.CancellationToken)).Duplicates);
    }

    [Fact]
    public async Task What_waits_in_the_log_is_moved_into_the_file_after_a_while()
    {
        FakeTimeProvider clock = new(Some.Instant);
        _database = new DuckDbDatabase(_folder.File("warehouse.duckdb"), 1, clock);
        DuckDbEventWarehouse warehouse = new(_database);
        await warehouse.AppendAsync([.. Enumerable.Range(0, 1000).Select(i => Some.Event($"a{i}"))], TestContext.Current.CancellationToken);
        long waiting = LogBytes();

        clock.Advance(TimeSpan.FromMinutes(4));
        await warehouse.AppendAsync([Some.Event("b")], TestContext.Current.CancellationToken);
        long before = LogBytes();
        clock.Advance(TimeSpan.FromMinutes(1));
        await warehouse.AppendAsync([Some.Event("c")], TestContext.Current.CancellationToken);

        Assert.True(before > waiting, "it was moved too early");
        Assert.True(LogBytes() < waiting / 10, "it was not moved");
    }

    [Fact]
    public void A_file_that_is_no_warehouse_is_named_with_the_remedy()
    {
        File.WriteAllText(_folder.File("broken.duckdb"), "this is no database, but it is long enough to be read as one by mistake");

        InvalidDataException broken = Assert.Throws<InvalidDataException>(new DuckDbDatabase(_folder.File("broken.duckdb"), 1, new FakeTimeProvider()).EnsureOpen);

        Assert.Contains("broken.duckdb", broken.Message);
        Assert.Contains("backup", broken.Message);
    }

    private long LogBytes() => new FileInfo(_folder.File("warehouse.duckdb.wal")) is { Exists: true } log ? log.Length : 0;

    protected override Task<IEventWarehouse> CreateAsync()
    {
        _database = new DuckDbDatabase(_folder.File("warehouse.duckdb"), 1, new FakeTimeProvider());
        return Task.FromResult<IEventWarehouse>(new DuckDbEventWarehouse(_database));
    }
}
