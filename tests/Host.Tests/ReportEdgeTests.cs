using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Host.Cli;
using Aisle.Host.Serving;
using Aisle.Local.Workspaces;
using Aisle.Ports;
using Aisle.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.Host.Tests;

/// <summary>Experiments that went wrong in every way, reported from the real stores through the real endpoint: a
/// clear word, and never NaN.</summary>
public sealed partial class ReportEdgeTests : IAsyncLifetime
{
    private const string Key = "edge";

    private readonly TemporaryFolder _folder = new();
    private LocalShop? _shop;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LocalShop Shop => _shop!;

    private DateTimeOffset Now => Shop.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    public ValueTask InitializeAsync()
    {
        _shop = LocalShop.Open(Workspace.TryOpen(_folder.Path)!);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Shop.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_missing_arm_is_a_mismatch_of_sizes_and_its_metrics_have_no_data()
    {
        await ExposeAsync("control", 60);

        JsonElement report = await ReportAsync();

        Assert.Contains("sample_ratio_mismatch", Reasons(report));
        Assert.All(Metrics(report), metric => Assert.Equal("no_data", metric.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task One_user_gives_no_answer_and_no_decision()
    {
        await ExposeAsync("control", 1);

        JsonElement report = await ReportAsync();

        Assert.Contains("no_visitors", Reasons(report));
        Assert.All(Metrics(report), metric => Assert.Equal(JsonValueKind.Null, metric.GetProperty("p_value").ValueKind));
    }

    [Fact]
    public async Task One_user_an_arm_has_means_and_no_test()
    {
        await ExposeAsync("control", 1);
        await ExposeAsync("varied", 1);

        Assert.All(Metrics(await ReportAsync()), metric => Assert.Equal(JsonValueKind.Null, metric.GetProperty("p_value").ValueKind));
    }

    [Fact]
    public async Task Where_nobody_did_anything_every_metric_says_why_there_is_no_answer()
    {
        await ExposeAsync("control", 60);
        await ExposeAsync("varied", 60);

        JsonElement report = await ReportAsync();

        Assert.Equal("zero_variance", Metric(report, "revenue_per_user").GetProperty("status").GetString());
        Assert.Equal("zero_denominator", Metric(report, "click_through").GetProperty("status").GetString());
        Assert.All(Metrics(report), metric => Assert.Equal(JsonValueKind.Null, metric.GetProperty("p_value").ValueKind));
    }

    [Fact]
    public async Task Refunds_above_sales_make_negative_revenue_that_is_compared_as_it_is()
    {
        await ExposeAsync("control", 60, (user, i) => Bought(user, i, i % 3 == 0 ? -4_000 - i : 1_000 + i));
        await ExposeAsync("varied", 60, (user, i) => Bought(user, i, i % 3 == 0 ? -2_000 - i : 1_000 + i));

        JsonElement revenue = Metric(await ReportAsync(), "revenue_per_user");

        Assert.True(revenue.GetProperty("control").GetDouble() < 0);
        Assert.True(revenue.GetProperty("lift").GetDouble() > 0);
        Assert.Equal("ok", revenue.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Several_currencies_give_no_figure_of_money()
    {
        await ExposeAsync("control", 60, (user, i) => Bought(user, i, 1_000 + i));
        await ExposeAsync("varied", 60, (user, i) => [.. Bought(user, i, 1_000 + i).Select(bought => bought with { Currency = i < 7 ? "JPY" : "EUR" })]);

        JsonElement report = await ReportAsync();

        Assert.Contains("mixed_currencies", Reasons(report));
        Assert.Equal("invalid_input", Metric(report, "revenue_per_user").GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, Metric(report, "average_order_value").GetProperty("control").ValueKind);
    }

    [Fact]
    public async Task Events_and_exposures_of_a_clock_that_runs_ahead_or_behind_do_not_count()
    {
        await ExposeAsync("control", 60, (user, i) => Bought(user, i, 1_000 + i, i % 2 == 0 ? TimeSpan.FromDays(-40) : TimeSpan.FromDays(4_000)));
        await ExposeAsync("varied", 60);
        await Shop.Services.GetRequiredService<IExposureLog>().AppendAsync(
            [new Exposure(Key, new AssignmentId("ahead"), new UserId("ahead"), "control", Now.AddDays(400))], Token);

        JsonElement report = await ReportAsync();

        Assert.Equal(60, report.GetProperty("users")[0].GetProperty("users").GetInt64());
        Assert.Equal(0, Metric(report, "revenue_per_user").GetProperty("control").GetDouble());
    }

    [Fact]
    public async Task An_experiment_that_has_not_begun_waits()
    {
        await WriteAsync(Experiment() with { StartsAt = Now.AddDays(3), EndsAt = Now.AddDays(17) });

        Assert.Contains("no_visitors", Reasons(await ReportAsync()));
    }

    [Fact]
    public async Task A_visitor_of_implausible_amounts_is_left_out_and_told()
    {
        await ExposeAsync("control", 60, (user, i) => Bought(user, i, i == 3 ? 5_000_000_000_000 : 1_000 + i));
        await ExposeAsync("varied", 60, (user, i) => Bought(user, i, 1_000 + i));

        JsonElement report = await ReportAsync();

        Assert.Equal(1, report.GetProperty("health").GetProperty("implausible").GetInt64());
        Assert.InRange(Metric(report, "revenue_per_user").GetProperty("control").GetDouble(), 0, 100);
    }

    [Fact]
    public async Task An_experiment_that_is_not_there_dates_the_wrong_way_round_and_shared_buckets_are_refused_by_name()
    {
        const string Rest = "\"layer\":\"home\",\"state\":\"running\",\"variants\":[{\"name\":\"a\",\"from_bucket\":0,\"to_bucket\":6000},{\"name\":\"b\",\"from_bucket\":6000,\"to_bucket\":10000}]}";
        await using ShopConnection shop = ShopConnection.Within(Shop);

        UsageException unknown = await Assert.ThrowsAsync<UsageException>(() => shop.AskAsync(HttpMethod.Get, "v1/experiments/none/report", null, Token));
        UsageException reversed = await Assert.ThrowsAsync<UsageException>(() => shop.AskAsync(
            HttpMethod.Post, "v1/experiments", "{\"key\":\"one\",\"starts_at\":\"2026-02-01T00:00:00Z\",\"ends_at\":\"2026-01-01T00:00:00Z\"," + Rest, Token));
        using JsonDocument made = await shop.AskAsync(
            HttpMethod.Post, "v1/experiments", "{\"key\":\"one\",\"starts_at\":\"2026-01-01T00:00:00Z\",\"ends_at\":\"2026-02-01T00:00:00Z\"," + Rest, Token);
        UsageException overlapping = await Assert.ThrowsAsync<UsageException>(() => shop.AskAsync(
            HttpMethod.Post, "v1/experiments", "{\"key\":\"two\",\"starts_at\":\"2026-01-15T00:00:00Z\",\"ends_at\":\"2026-03-01T00:00:00Z\"," + Rest, Token));

        Assert.Contains("there is no experiment 'none'", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("ends_at", reversed.Message, StringComparison.Ordinal);
        Assert.Contains("overlaps the experiment 'one' in layer 'home'", overlapping.Message, StringComparison.Ordinal);
    }

    private Experiment Experiment() => new()
    {
        Key = Key,
        Salt = Key,
        Variants = [new Variant("control", 0, 5_000, new Dictionary<string, string>()), new Variant("varied", 5_000, 10_000, new Dictionary<string, string>())],
        StartsAt = Now.AddDays(-20),
        EndsAt = Now.AddDays(8),
        State = ExperimentState.Running,
        IsAssignedElsewhere = true,
    };

    private async Task WriteAsync(Experiment experiment) =>
        await Shop.Services.GetRequiredService<IExperimentStore>().TryWriteAsync(experiment, null, Token);

    private async Task ExposeAsync(string variant, int count, Func<string, int, IReadOnlyList<InteractionEvent>>? doings = null)
    {
        await WriteAsync(Experiment());
        string[] users = [.. Enumerable.Range(0, count).Select(i => $"{variant}-{i}")];
        await Shop.Services.GetRequiredService<IExposureLog>().AppendAsync(
            [.. users.Select(user => new Exposure(Key, new AssignmentId(user), new UserId(user), variant, Now.AddDays(-18)))], Token);
        if (doings is not null)
        {
            await Shop.Services.GetRequiredService<IEventWarehouse>().AppendAsync([.. users.Index().SelectMany(user => doings(user.Item, user.Index))], Token);
        }
    }

    private IReadOnlyList<InteractionEvent> Bought(string user, int number, long minor, TimeSpan? skew = null) =>
    [
        Some.Purchase($"{user}-{number}", user: user) with
        {
            Type = minor < 0 ? EventType.Refund : EventType.Purchase, RevenueMinor = minor, UnitPriceMinor = Math.Abs(minor), Currency = "EUR",
            Order = new OrderId($"{user}-{number}"), OccurredAt = Now.AddDays(-10) + (skew ?? TimeSpan.Zero),
        },
    ];

    // Every form is asked for, and none may hold a figure that is none.
    private async Task<JsonElement> ReportAsync()
    {
        await using ShopConnection shop = ShopConnection.Within(Shop);
        foreach (string format in new[] { "html", "csv", "markdown", "json" })
        {
            string text = Encoding.UTF8.GetString(await shop.AskBytesAsync(HttpMethod.Get, $"v1/experiments/{Key}/report?format={format}&calibrate=true", null, "*/*", Token));
            Assert.DoesNotMatch(NoFigure(), text);
        }

        using JsonDocument report = await shop.AskAsync(HttpMethod.Get, $"v1/experiments/{Key}/report?format=json", null, Token);
        return report.RootElement.Clone();
    }

    private static IEnumerable<string?> Reasons(JsonElement report) =>
        report.GetProperty("verdict").GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("code").GetString());

    private static JsonElement.ArrayEnumerator Metrics(JsonElement report) => report.GetProperty("metrics").EnumerateArray();

    private static JsonElement Metric(JsonElement report, string name) => Metrics(report).Single(metric => metric.GetProperty("metric").GetString() == name);

    [GeneratedRegex(@"NaN|Infinity|∞|\( to \)|between  |lift of  would|-0\.0%|by  \(")]
    private static partial Regex NoFigure();
}
