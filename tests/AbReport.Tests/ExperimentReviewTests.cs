using System.Text.Json;
using Aisle.AbReport.Results;
using Aisle.AbReport.Reviewing;
using Aisle.Experiments;
using Aisle.Ports;
using Aisle.Sql;
using Aisle.Testing;

namespace Aisle.AbReport.Tests;

/// <summary>The daily review: every experiment judged, and each thing told once.</summary>
public sealed class ExperimentReviewTests
{
    private readonly World _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Arms_of_the_wrong_size_are_told_once_and_once_that_they_are_right_again()
    {
        await RunAsync(World.Halves("home", 10));
        Lopsided();

        ReviewedExperiment first = Assert.Single((await ReviewAsync()).Experiments);
        ReviewedExperiment second = Assert.Single((await ReviewAsync()).Experiments);
        _world.Visitors("varied", 1_000, clickEvery: 4, buyEvery: 20);
        ReviewedExperiment third = Assert.Single((await ReviewAsync()).Experiments);
        await ReviewAsync();

        Assert.Equal((VerdictKind.Invalid, "sample_ratio_mismatch"), (first.Verdict!.Kind, Assert.Single(first.Verdict.Reasons).Code));
        Assert.Equal((VerdictKind.Invalid, VerdictKind.KeepRunning), (second.Verdict!.Kind, third.Verdict!.Kind));
        Assert.Equal(["experiment_invalid", "", "experiment_invalid"], new[] { first, second, third }.Select(look => string.Join(',', look.Told)));
        Assert.Equal([("experiment_invalid", false, true), ("experiment_invalid", true, false)], Told());
        Assert.All(_world.Alerts.All, alert => Assert.Contains("'home'", alert.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_assignment_is_told_with_the_report_to_read()
    {
        await RunAsync(World.Halves("home", 10));
        _world.Visitors("control", 4_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 4_000, clickEvery: 4, buyEvery: 20);
        _world.LoggedBucket = 17; // all of the control's

        await ReviewAsync();

        Alert told = Assert.Single(_world.Alerts.All);
        Assert.Equal(("experiment_invalid", true), (told.Kind, told.IsUrgent));
        Assert.Contains("4000 of 8000 visitors were logged with another variant", told.Message, StringComparison.Ordinal);
        Assert.Contains("/v1/experiments/home/report", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_experiments_have_episodes_of_their_own()
    {
        await RunAsync(World.Halves("cart", 10));
        Lopsided();
        await ReviewAsync();
        await RunAsync(World.Halves("home", 10));

        ExperimentReview review = await ReviewAsync();

        Assert.Equal([("cart", 0), ("home", 1)], review.Experiments.Select(one => (one.Key, one.Told.Count)));
        Assert.Equal(["'cart'", "'home'"], _world.Alerts.All.Select(alert => alert.Message.Split(' ', ':')[1]));
    }

    [Fact]
    public async Task A_harmed_guardrail_is_told_and_that_it_is_harmed_no_more_but_not_while_the_data_cannot_be_judged()
    {
        await RunAsync(World.Halves("home", 21));
        _world.Visitors("control", 4_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 4_000, clickEvery: 4, buyEvery: 20);
        _world.Loads["control"] = [.. Enumerable.Range(0, 4_000).Select(i => 500L + (i % 1_000))];
        _world.Loads["varied"] = [.. _world.Loads["control"].Select(ms => ms * 2)];
        await ReviewAsync();
        _world.Visitors("control", 1_000, clickEvery: 4, buyEvery: 20);
        await ReviewAsync();
        Assert.Equal([("experiment_guardrail", false, true), ("experiment_invalid", false, true)], Told());
        _world.Visitors("varied", 1_000, clickEvery: 4, buyEvery: 20);
        _world.Loads["varied"] = _world.Loads["control"];

        await ReviewAsync();

        Assert.Equal([("experiment_invalid", true, false), ("experiment_guardrail", true, false)], Told()[2..]);
    }

    [Fact]
    public async Task A_boundary_that_is_crossed_is_told_once_and_has_no_recovery()
    {
        await RunAsync(World.Halves("home", 21.3));
        _world.Visitors("control", 20_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 20_000, clickEvery: 4, buyEvery: 15);

        ReviewedExperiment first = Assert.Single((await ReviewAsync()).Experiments);
        await ReviewAsync();
        _world.Users.Clear();
        _world.Visitors("control", 20_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 20_000, clickEvery: 4, buyEvery: 20);
        await ReviewAsync();

        Assert.Equal((VerdictKind.Ship, false), (first.Verdict!.Kind, first.IsOver));
        Assert.Equal([("experiment_decided", false, false)], Told());
        Assert.Matches("'home', by [-0-9]{10} [0-9]{2}:[0-9]{2} UTC: Ship varied", _world.Alerts.All[0].Message);
    }

    [Theory]
    [InlineData(0.3, 0.3)]
    [InlineData(1, 1)]
    [InlineData(13.99, 13)]
    [InlineData(21.3, 21)]
    [InlineData(28.3, 28)]
    public async Task Everything_is_asked_until_the_last_whole_day_or_the_end_and_on_the_first_day_until_now(double days, double judged)
    {
        Experiment experiment = World.Halves("home", days);
        await RunAsync(experiment);
        Lopsided();
        List<object> ends = [];
        _world.Warehouse.Answer(PortableQueries.ExperimentArms, asked => Seen<ExperimentArmsRow>(asked, ends));
        _world.Warehouse.Answer(PortableQueries.ExperimentAssignments, asked => Seen<LoggedAssignments>(asked, ends));
        _world.Warehouse.Answer(PortableQueries.ExperimentItems, asked => Seen<ShownProducts>(asked, ends));
        _world.Warehouse.Answer(PortableQueries.ExperimentRevenue, asked => Seen<RevenueShare>(asked, ends));
        _world.Warehouse.Answer(PortableQueries.ExperimentDays, asked => Seen<ExperimentDay>(asked, ends));

        Assert.Null(Assert.Single((await ReviewAsync()).Experiments).Fault);

        Assert.Equal(Enumerable.Repeat<object>(experiment.StartsAt.AddDays(judged), 5), ends);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    [InlineData(0.99)]
    public async Task On_its_first_day_nothing_is_decided_but_wrong_arms_are_told(double days)
    {
        await RunAsync(World.Halves("home", days));
        ReviewedExperiment empty = Assert.Single((await ReviewAsync()).Experiments);
        _world.Visitors("control", 20_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 20_000, clickEvery: 4, buyEvery: 15);
        ReviewedExperiment crossed = Assert.Single((await ReviewAsync()).Experiments);
        _world.Visitors("control", 1_000, clickEvery: 4, buyEvery: 20);
        ReviewedExperiment wrong = Assert.Single((await ReviewAsync()).Experiments);

        Assert.All([empty, crossed, wrong], one => Assert.Null(one.Fault));
        Assert.Equal([VerdictKind.KeepRunning, VerdictKind.KeepRunning, VerdictKind.Invalid], new[] { empty, crossed, wrong }.Select(one => one.Verdict!.Kind));
        Assert.Equal([("experiment_invalid", false, true)], Told());
    }

    [Fact]
    public async Task The_planned_end_is_told_once_and_then_the_experiment_is_left_alone_until_its_end_is_moved_on()
    {
        await RunAsync(World.Halves("home", 28));
        _world.Visitors("control", 4_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 4_000, clickEvery: 4, buyEvery: 20);

        ReviewedExperiment told = Assert.Single((await ReviewAsync()).Experiments);
        Assert.Empty((await ReviewAsync()).Experiments);
        await ChangeAsync("home", known => known with { EndsAt = known.EndsAt.AddDays(7) });
        Assert.False(Assert.Single((await ReviewAsync()).Experiments).IsOver);
        _world.Clock.Advance(TimeSpan.FromDays(7));
        Assert.True(Assert.Single((await ReviewAsync()).Experiments).IsOver);
        Assert.Empty((await ReviewAsync()).Experiments);

        Assert.Equal((VerdictKind.DoNotShip, true), (told.Verdict!.Kind, told.IsOver));
        Assert.Equal([("experiment_decided", false, false)], Told());
        Assert.Contains("'home' ended at 2026-01-15", _world.Alerts.All[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_one_that_was_decided_and_then_stopped_the_same_decision_is_not_told_again()
    {
        await RunAsync(World.Halves("home", 21));
        _world.Visitors("control", 20_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 20_000, clickEvery: 4, buyEvery: 15);
        await ReviewAsync();
        await ChangeAsync("home", known => known with { State = ExperimentState.Stopped, StoppedAt = _world.Clock.GetUtcNow() });

        ReviewedExperiment last = Assert.Single((await ReviewAsync()).Experiments);

        Assert.Equal((VerdictKind.Ship, true, 0), (last.Verdict!.Kind, last.IsOver, last.Told.Count));
        Assert.Single(_world.Alerts.All);
        Assert.Empty((await ReviewAsync()).Experiments);
    }

    [Fact]
    public async Task One_that_was_stopped_early_is_told_as_such_and_raises_no_alarm()
    {
        await RunAsync(World.Halves("home", 3) with { State = ExperimentState.Stopped, StoppedAt = Some.Instant });
        _world.Visitors("control", 4_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 4_000, clickEvery: 4, buyEvery: 20);

        await ReviewAsync();

        Assert.Equal([("experiment_decided", false, false)], Told());
        Assert.Contains("'home' was stopped at 2026-01-15", _world.Alerts.All[0].Message, StringComparison.Ordinal);
        Assert.Contains("must run whole weeks", _world.Alerts.All[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_sent_is_named_and_sent_by_the_next_review_also_of_one_that_is_over()
    {
        await RunAsync(World.Halves("home", 28));
        Lopsided();
        _world.Alerts.OnRaise = () => throw new StoreUnavailableException("The sink is down.", TimeSpan.FromSeconds(1), cause: null);
        ReviewedExperiment failed = Assert.Single((await ReviewAsync()).Experiments);
        _world.Alerts.OnRaise = () => Task.CompletedTask;

        ReviewedExperiment next = Assert.Single((await ReviewAsync()).Experiments);

        Assert.Equal((VerdictKind.Invalid, 0), (failed.Verdict!.Kind, failed.Told.Count));
        Assert.Contains("The sink is down", failed.Fault, StringComparison.Ordinal);
        Assert.Null(next.Fault);
        Assert.Equal(["experiment_invalid", "experiment_decided"], next.Told);
        Assert.Empty((await ReviewAsync()).Experiments);
    }

    [Fact]
    public async Task An_instance_that_dies_while_it_tells_of_an_end_does_not_let_another_one_close_it_untold()
    {
        await RunAsync(World.Halves("home", 28));
        Lopsided();
        TaskCompletionSource telling = new();
        TaskCompletionSource hanging = new();
        _world.Alerts.OnRaise = () =>
        {
            telling.SetResult();
            return hanging.Task;
        };
        Task<ExperimentReview> dying = ReviewAsync();
        await telling.Task;
        _world.Alerts.OnRaise = () => Task.CompletedTask;

        Assert.Equal(["experiment_decided"], Assert.Single((await ReviewAsync()).Experiments).Told);
        _world.Clock.Advance(Aisle.Alerts.Episodes.Patience);
        Assert.Equal(["experiment_invalid"], Assert.Single((await ReviewAsync()).Experiments).Told);

        hanging.SetException(new OperationCanceledException("The instance is gone."));
        Assert.NotNull(Assert.Single((await dying).Experiments).Fault);
        Assert.Empty((await ReviewAsync()).Experiments);
    }

    [Fact]
    public async Task One_that_cannot_be_judged_is_named_with_the_reason_and_keeps_no_other_from_being_judged()
    {
        await RunAsync(World.Halves("a-damaged", 10) with { Variants = [] });
        await RunAsync(World.Halves("a-reversed", 10) with { EndsAt = Some.Instant.AddDays(-11) });
        await RunAsync(World.Halves("b-unread", 10));
        await RunAsync(World.Halves("home", 10));
        Lopsided();
        _world.Warehouse.Answer(PortableQueries.ExperimentRevenue, asked => (string)asked["experiment"] == "b-unread"
            ? throw new StoreUnavailableException("The warehouse does not answer.", TimeSpan.FromSeconds(1), cause: null)
            : Array.Empty<RevenueShare>());

        ExperimentReview review = await ReviewAsync();

        Assert.Equal(["a-damaged", "a-reversed", "b-unread", "home"], review.Experiments.Select(one => one.Key));
        Assert.Equal([true, true, true, false], review.Experiments.Select(one => one.Verdict is null));
        Assert.Contains("fewer than two variants", review.Experiments[0].Fault, StringComparison.Ordinal);
        Assert.Contains("does not end after it begins", review.Experiments[1].Fault, StringComparison.Ordinal);
        Assert.Contains("The warehouse does not answer", review.Experiments[2].Fault, StringComparison.Ordinal);
        Assert.Equal(["experiment_invalid"], review.Experiments[3].Told);
    }

    [Fact]
    public async Task Drafts_those_to_come_those_that_never_began_and_history_are_left_alone()
    {
        await RunAsync(World.Halves("draft", 10) with { State = ExperimentState.Draft });
        await RunAsync(World.Halves("later", -1));
        await RunAsync(World.Halves("never", 10) with { State = ExperimentState.Stopped, StoppedAt = Some.Instant.AddDays(-10) });
        await RunAsync(World.Halves("old", 28 + 31));

        Assert.Empty((await ReviewAsync()).Experiments);
        Assert.Empty(_world.Alerts.All);
    }

    [Fact]
    public async Task Over_http_it_wants_an_operator_and_no_body_and_answers_what_it_found()
    {
        await RunAsync(World.Halves("a-damaged", 10) with { Variants = [] });
        await RunAsync(World.Halves("home", 10));
        Lopsided();

        Assert.Equal(401, (await _world.SendAsync("POST", "/v1/experiments/review", null)).Status);
        Assert.Equal(400, (await _world.SendAsync("POST", "/v1/experiments/review", """{"key":"home"}""", World.OperatorKey)).Status);
        (int status, string contentType, string body) = await _world.SendAsync("POST", "/v1/experiments/review", null, World.OperatorKey);

        Assert.Equal((200, "application/json"), (status, contentType));
        JsonElement review = World.Json(body);
        Assert.Equal(_world.Clock.GetUtcNow(), review.GetProperty("reviewed_at").GetDateTimeOffset());
        JsonElement damaged = review.GetProperty("experiments")[0];
        JsonElement home = review.GetProperty("experiments")[1];
        Assert.Equal(("a-damaged", JsonValueKind.Null, JsonValueKind.String), (damaged.GetProperty("key").GetString(), damaged.GetProperty("verdict").ValueKind, damaged.GetProperty("fault").ValueKind));
        Assert.Equal(("home", "invalid", false), (home.GetProperty("key").GetString(), home.GetProperty("verdict").GetString(), home.GetProperty("over").GetBoolean()));
        Assert.Equal("sample_ratio_mismatch", Assert.Single(home.GetProperty("wrong").EnumerateArray()).GetProperty("code").GetString());
        Assert.StartsWith("Invalid: The arms", home.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.Equal("experiment_invalid", Assert.Single(home.GetProperty("told").EnumerateArray()).GetString());
        Assert.Equal(JsonValueKind.Null, home.GetProperty("fault").ValueKind);
    }

    private Task<ExperimentReview> ReviewAsync() => _world.Reviewer.ReviewAsync(Token);

    private async Task RunAsync(Experiment experiment) => Assert.True(await _world.Experiments.TryWriteAsync(experiment, null, Token));

    private async Task ChangeAsync(string key, Func<Experiment, Experiment> change)
    {
        Versioned<Experiment> known = (await _world.Experiments.ReadAllAsync(Token)).Single(one => one.Value.Key == key);
        Assert.True(await _world.Experiments.TryWriteAsync(change(known.Value), known.Tag, Token));
    }

    private static TRow[] Seen<TRow>(IReadOnlyDictionary<string, object> asked, List<object> ends)
    {
        ends.Add(asked["to"]);
        return [];
    }

    private void Lopsided()
    {
        _world.Visitors("control", 4_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 3_000, clickEvery: 4, buyEvery: 20);
    }

    private (string Kind, bool IsRecovery, bool IsUrgent)[] Told() => [.. _world.Alerts.All.Select(alert => (alert.Kind, alert.IsRecovery, alert.IsUrgent))];
}
