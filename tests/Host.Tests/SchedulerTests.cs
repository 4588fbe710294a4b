using Aisle.Host.Cli;
using Aisle.Host.Scheduling;
using Aisle.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Host.Tests;

public sealed class SchedulerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
    private readonly List<DateTimeOffset> _served = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_daily_job_runs_once_a_day()
    {
        Scheduler scheduler = Of("0 3 * * *", "UTC");

        await WatchAsync(scheduler, TimeSpan.FromDays(3));

        Assert.Equal([16, 17, 18], _served.Select(at => at.Day));
        Assert.All(_served, at => Assert.Equal(3, at.Hour));
    }

    [Fact]
    public async Task What_was_missed_while_no_host_ran_is_caught_up_once()
    {
        await Of("0 3 * * *", "UTC").TickAsync(Token);
        _clock.Advance(TimeSpan.FromDays(4));

        Scheduler restarted = Of("0 3 * * *", "UTC");
        await restarted.TickAsync(Token);
        await restarted.TickAsync(Token);
        await Of("0 3 * * *", "UTC").TickAsync(Token);

        Assert.Single(_served);
    }

    [Theory]
    [InlineData(2026, 3, 28)] // clocks go forward on 29 March: 02:30 does not exist
    [InlineData(2026, 10, 24)] // clocks go back on 25 October: 02:30 comes twice
    public async Task A_day_on_which_clocks_change_has_one_nightly_job(int year, int month, int day)
    {
        _clock.SetUtcNow(new DateTimeOffset(year, month, day, 12, 0, 0, TimeSpan.Zero));
        Scheduler scheduler = Of("30 2 * * *", "Europe/Berlin");

        await WatchAsync(scheduler, TimeSpan.FromDays(3));

        Assert.Equal(3, _served.Count);
    }

    [Fact]
    public async Task The_zone_says_when_three_in_the_morning_is()
    {
        await WatchAsync(Of("0 3 * * *", "America/New_York"), TimeSpan.FromDays(1));

        Assert.Equal(8, Assert.Single(_served).Hour);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_neither_repeats_nor_stops_the_job()
    {
        Scheduler scheduler = Of("0 * * * *", "UTC");
        await WatchAsync(scheduler, TimeSpan.FromHours(3));
        Assert.Equal(3, _served.Count);

        FakeTimeProvider earlier = new(_clock.GetUtcNow().AddMinutes(-30));
        await Of("0 * * * *", "UTC", earlier).TickAsync(Token);
        Assert.Equal(3, _served.Count);

        FakeTimeProvider muchEarlier = new(_clock.GetUtcNow().AddYears(-1));
        Scheduler after = Of("0 * * * *", "UTC", muchEarlier);
        await after.TickAsync(Token);
        muchEarlier.Advance(TimeSpan.FromHours(1));
        await after.TickAsync(Token);
        Assert.Equal(4, _served.Count);
    }

    [Fact]
    public async Task A_job_that_fails_is_tried_again_at_its_next_time()
    {
        int tries = 0;
        ScheduledJob job = new("job", ScheduleOptions.Parse("job", "0 * * * *")!, _ => tries++ == 0 ? throw new IOException("locked") : Task.CompletedTask);
        Scheduler scheduler = new([job], TimeZoneInfo.Utc, new ScheduleMemory(Path.Combine(_folder.Path, "state.json")), _clock, NullLogger<Scheduler>.Instance);

        await WatchAsync(scheduler, TimeSpan.FromHours(2));

        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task A_job_whose_record_cannot_be_written_is_done_each_time_all_the_same()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "state.json.tmp")); // a folder in the file's place refuses every write, as a full disk does
        Scheduler scheduler = Of("0 3 * * *", "UTC");

        await WatchAsync(scheduler, TimeSpan.FromDays(2));

        Assert.Equal([16, 17], _served.Select(at => at.Day));
    }

    [Theory]
    [InlineData("{\"retrain\":\"daily\"}", "retrain"), InlineData("{\"time_zone\":\"Mars/Olympus\"}", "time_zone"), InlineData("{", "schedule.json")]
    public void A_schedule_that_cannot_be_read_names_the_field_and_the_remedy(string json, string field)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "schedule.json"), json);

        UsageException wrong = Assert.Throws<UsageException>(() => ScheduleOptions.Load(_folder.Path));

        Assert.Contains(field, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_schedule_leaves_out_stays_as_it_is_by_default()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "schedule.json"), """{"time_zone":"Europe/Berlin","guard":""}""");

        ScheduleOptions schedule = ScheduleOptions.Load(_folder.Path);

        Assert.Equal(("Europe/Berlin", "0 3 * * *", ""), (schedule.TimeZone, schedule.Retrain, schedule.Guard));
    }

    [Fact]
    public async Task Every_chore_of_a_shop_is_on_the_schedule_and_after_a_week_without_a_host_each_is_caught_up_once()
    {
        Dictionary<string, string> chores = ShopJobs.Expressions(new ScheduleOptions());
        Assert.Equal(["catalogue_changes", "content", "drift", "experiments", "guard", "price_features", "purchase_counts", "retention", "retrain"], chores.Keys.Order(StringComparer.Ordinal));
        Dictionary<string, int> served = chores.Keys.ToDictionary(name => name, _ => 0);
        await Restarted().TickAsync(Token);
        _clock.Advance(TimeSpan.FromDays(8));

        await Restarted().TickAsync(Token);
        await Restarted().TickAsync(Token);

        Assert.All(served.Values, times => Assert.Equal(1, times));

        Scheduler Restarted() => new(
            [.. chores.Select(chore => new ScheduledJob(chore.Key, ScheduleOptions.Parse(chore.Key, chore.Value)!, _ =>
            {
                served[chore.Key]++;
                return Task.CompletedTask;
            }))],
            TimeZoneInfo.Utc, new ScheduleMemory(Path.Combine(_folder.Path, "state.json")), _clock, NullLogger<Scheduler>.Instance);
    }

    public void Dispose() => _folder.Dispose();

    private Scheduler Of(string cron, string zone) => Of(cron, zone, _clock);

    private Scheduler Of(string cron, string zone, FakeTimeProvider clock)
    {
        ScheduledJob job = new("job", ScheduleOptions.Parse("job", cron)!, _ =>
        {
            _served.Add(clock.GetUtcNow());
            return Task.CompletedTask;
        });
        return new Scheduler(
            [job], new ScheduleOptions { TimeZone = zone }.Zone(), new ScheduleMemory(Path.Combine(_folder.Path, "state.json")), clock, NullLogger<Scheduler>.Instance);
    }

    private async Task WatchAsync(Scheduler scheduler, TimeSpan span)
    {
        await scheduler.TickAsync(Token);
        for (TimeSpan passed = TimeSpan.Zero; passed < span; passed += TimeSpan.FromMinutes(10))
        {
            _clock.Advance(TimeSpan.FromMinutes(10));
            await scheduler.TickAsync(Token);
        }
    }
}
