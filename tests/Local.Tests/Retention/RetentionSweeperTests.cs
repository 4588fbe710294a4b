using Aisle.Events;
using Aisle.Experiments;
using Aisle.Local.DuckDb;
using Aisle.Local.Retention;
using Aisle.Local.Sqlite;
using Aisle.Ports;
using Aisle.Reranking;
using Aisle.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Local.Tests.Retention;

public sealed class RetentionSweeperTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(Some.Instant);
    private readonly DuckDbDatabase _warehouse;
    private readonly SqliteDatabase _state;

    public RetentionSweeperTests()
    {
        _warehouse = new DuckDbDatabase(_folder.File("warehouse.duckdb"), 1, new FakeTimeProvider());
        _state = new SqliteDatabase(_folder.File("state.sqlite"), isDurable: false, SqliteProfileStore.Schema);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whole_days_go_when_they_are_ninety_days_old()
    {
        DateTimeOffset first = new(2026, 1, 15, 0, 0, 0, TimeSpan.Zero);
        await AppendAsync(("last-of-the-day-before", first.AddMicroseconds(-1)), ("first-of-the-day", first), ("later", first.AddDays(1)));
        RetentionSweeper sweeper = Sweeper(new RetentionOptions());

        _clock.SetUtcNow(first.AddDays(90).AddTicks(-1));
        Assert.Equal(0, (await sweeper.SweepAsync(Token))["interaction_events"]);
        _clock.SetUtcNow(first.AddDays(90));
        Assert.Equal(first, sweeper.Before);
        Assert.Equal(1, sweeper.Due()["interaction_events"]);
        Assert.Equal(1, (await sweeper.SweepAsync(Token))["interaction_events"]);
        _clock.SetUtcNow(first.AddDays(91));
        Assert.Equal(1, (await sweeper.SweepAsync(Token))["interaction_events"]);
        Assert.Equal(1, await EventsAsync());
    }

    [Fact]
    public async Task Batches_of_any_size_remove_all_and_a_second_sweep_removes_nothing()
    {
        await AppendAsync([.. Enumerable.Range(0, 25).Select(number => ($"e{number}", Some.Instant.AddMinutes(number)))]);
        await AppendAsync(("kept", Some.Instant.AddDays(30)));
        _clock.Advance(TimeSpan.FromDays(100));
        RetentionSweeper sweeper = Sweeper(new RetentionOptions { RowsAtOnce = 10 });

        Assert.Equal(25, (await sweeper.SweepAsync(Token))["interaction_events"]);

        Assert.All((await sweeper.SweepAsync(Token)).Values, removed => Assert.Equal(0, removed));
        Assert.Equal(1, await EventsAsync());
    }

    [Fact]
    public async Task Slates_with_their_positions_and_exposures_go_too()
    {
        Slate slate = Some.Slate();
        await new DuckDbSlateLog(_warehouse).AppendAsync([slate, slate with { Id = new SlateId("later"), ServedAt = slate.ServedAt.AddDays(30) }], Token);
        Exposure exposure = new("experiment", new AssignmentId("a"), Some.User(), "control", Some.Instant);
        await new DuckDbExposureLog(_warehouse).AppendAsync([exposure, exposure with { ExposedAt = Some.Instant.AddDays(30) }], Token);
        _clock.SetUtcNow(slate.ServedAt.AddDays(100));

        IReadOnlyDictionary<string, long> removed = await Sweeper(new RetentionOptions()).SweepAsync(Token);

        Assert.Equal((1, slate.Items.Count, 1), (removed["slates"], removed["slate_items"], removed["exposures"]));
    }

    [Fact]
    public async Task Features_go_when_they_expire_and_stay_when_they_are_renewed()
    {
        SqliteProfileStore profiles = new(_state);
        ProfileWrite[] writes = [.. Enumerable.Range(0, 23).Select(number => new ProfileWrite(
            Some.Profile($"user-{number:D2}") with { ExpiresAt = Some.Instant.AddDays(number % 2 == 0 ? 90 : 120) }, ExpectedTag: null))];
        await profiles.WriteAsync(writes, Token);
        _clock.Advance(TimeSpan.FromDays(90));

        Assert.Equal(12, (await Sweeper(new RetentionOptions { RowsAtOnce = 5 }).SweepAsync(Token))["profiles"]);

        Assert.Null(await profiles.ReadAsync(Some.User("user-00"), Token));
        Assert.NotNull(await profiles.ReadAsync(Some.User("user-01"), Token));
    }

    [Fact]
    public async Task Where_less_is_kept_events_and_features_go_sooner()
    {
        await AppendAsync(("e", Some.Instant));
        await new SqliteProfileStore(_state).WriteAsync([new ProfileWrite(Some.Profile(), ExpectedTag: null)], Token);
        RetentionSweeper sweeper = Sweeper(new RetentionOptions { Days = 10 });

        _clock.Advance(TimeSpan.FromDays(9));
        Assert.All((await sweeper.SweepAsync(Token)).Values, removed => Assert.Equal(0, removed));
        _clock.Advance(TimeSpan.FromDays(2));
        IReadOnlyDictionary<string, long> removed = await sweeper.SweepAsync(Token);

        Assert.Equal((1, 1), (removed["interaction_events"], removed["profiles"]));
    }

    [Fact]
    public async Task Who_is_erased_between_two_sweeps_is_gone_whatever_the_age()
    {
        await AppendAsync(("old", Some.Instant), ("new", Some.Instant.AddDays(60)));
        _clock.Advance(TimeSpan.FromDays(100));
        await Sweeper(new RetentionOptions()).SweepAsync(Token);

        Assert.Equal(1, (await new DuckDbEventWarehouse(_warehouse).EraseAsync(Some.User(), Token))["interaction_events"]);
        Assert.Equal(0, await EventsAsync());
    }

    public void Dispose()
    {
        _warehouse.Dispose();
        _state.Dispose();
        _folder.Dispose();
    }

    private RetentionSweeper Sweeper(RetentionOptions options) => new(_warehouse, _state, _clock, options);

    private async Task AppendAsync(params (string Id, DateTimeOffset At)[] events)
    {
        using DuckDbEventWarehouse warehouse = new(_warehouse);
        await warehouse.AppendAsync([.. events.Select(e => Some.Event(e.Id) with { OccurredAt = e.At, IngestedAt = e.At })], Token);
    }

    private Task<long> EventsAsync() => _warehouse.WriteAsync(
        connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM interaction_events";
            return (long)command.ExecuteScalar()!;
        },
        Token);
}
