using System.Text.Json;
using Aisle.Sql;
using Aisle.Testing;

namespace Aisle.RetrainTrigger.Tests;

/// <summary>The last whole day held against the days before it.</summary>
public sealed class DriftTests : IAsyncDisposable
{
    private static readonly DateOnly Yesterday = DateOnly.FromDateTime(Some.Instant.UtcDateTime).AddDays(-1);

    private readonly World _world = new();
    private readonly List<ServedDay> _served = [];
    private readonly List<ScoreDay> _scores = [];
    private readonly List<ProductExposureDay> _products = [];

    public DriftTests()
    {
        _world.Warehouse.Answer(PortableQueries.ServedDays, parameters => _served.Where(row => Within(parameters, row.Day)));
        _world.Warehouse.Answer(PortableQueries.ScoreDays, parameters => _scores.Where(row => Within(parameters, row.Day)));
        _world.Warehouse.Answer(PortableQueries.ProductExposure, parameters => _products.Where(row => Within(parameters, row.Day)));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_day_like_those_before_is_no_drift_and_every_figure_is_there()
    {
        await _world.FillAsync(Token);
        Days(28, clicked: 50);
        Day(Yesterday, clicked: 49);

        JsonElement report = (await _world.SendAsync("GET", "/v1/drift")).Body;

        Assert.False(report.GetProperty("drifted").GetBoolean());
        Assert.Equal((1_000, 28_000), (report.GetProperty("slates").GetInt64(), report.GetProperty("baseline_slates").GetInt64()));
        Assert.Equal(
            ["drift_scores", "drift_strategies", "drift_categories", "drift_prices", "clicks_home"],
            report.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("kind").GetString()));
        Assert.All(report.GetProperty("findings").EnumerateArray(), finding => Assert.Equal(JsonValueKind.Number, finding.GetProperty("value").ValueKind));
    }

    [Theory]
    [InlineData(49, false)] // as ever
    [InlineData(38, false)] // less, but not by a quarter
    [InlineData(25, true)] // half
    [InlineData(0, true)]
    public async Task A_fall_of_the_click_rate_counts_when_it_is_large(int clicked, bool counts)
    {
        Days(28, clicked: 50);
        Day(Yesterday, clicked);

        Assert.Equal(counts, (await FindAsync("clicks_home")).GetProperty("drifted").GetBoolean());
    }

    [Fact]
    public async Task A_fall_that_chance_explains_does_not_count()
    {
        Days(28, clicked: 10); // 1 % of the slates
        Day(Yesterday, clicked: 6); // 40 % less, of ten expected

        JsonElement finding = await FindAsync("clicks_home");

        Assert.False(finding.GetProperty("drifted").GetBoolean());
        Assert.True(finding.GetProperty("value").GetDouble() < finding.GetProperty("limit").GetDouble());
    }

    [Fact]
    public async Task Other_scores_strategies_categories_and_prices_each_count()
    {
        await _world.FillAsync(Token);
        await _world.Catalogue.UpsertAsync([Some.Product("dear") with { Category = "Jewellery", PriceMinor = 900_000 }], Token);
        Days(28, clicked: 50);
        _served.Add(new ServedDay(Yesterday, "home", "popularity_cohort", 1_000, 50));
        _scores.Add(new ScoreDay(Yesterday, 3, 10_000));
        _products.Add(new ProductExposureDay(new("dear"), Yesterday, 10_000, 0));

        foreach (string kind in new[] { "drift_scores", "drift_strategies", "drift_categories", "drift_prices" })
        {
            JsonElement finding = await FindAsync(kind);
            Assert.True(finding.GetProperty("drifted").GetBoolean(), kind);
            Assert.True(finding.GetProperty("value").GetDouble() >= 0.25);
        }
    }

    [Fact]
    public async Task With_too_few_slates_nothing_is_said_and_nothing_alerted()
    {
        Days(28, clicked: 50);
        _served.Add(new ServedDay(Yesterday, "home", "popularity_cohort", 499, 0));

        JsonElement report = (await _world.SendAsync("POST", "/v1/drift")).Body;

        Assert.All(report.GetProperty("findings").EnumerateArray(), finding => Assert.Equal(JsonValueKind.Null, finding.GetProperty("limit").ValueKind));
        Assert.Empty(_world.Alerts.All);
    }

    [Fact]
    public async Task A_fall_is_alerted_once_and_its_end_too()
    {
        Days(28, clicked: 50);
        Day(Yesterday, clicked: 5);
        await _world.DriftAlarm.CheckAsync(Token);
        await _world.DriftAlarm.CheckAsync(Token);

        _world.Clock.Advance(TimeSpan.FromDays(1));
        Day(Yesterday.AddDays(1), clicked: 50);
        await _world.DriftAlarm.CheckAsync(Token);

        Assert.Equal([("clicks_home", false), ("clicks_home", true)], _world.Alerts.All.Select(alert => (alert.Kind, alert.IsRecovery)));
        Assert.Contains("slate_id", _world.Alerts.All[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_that_served_nothing_yet_has_an_empty_report()
    {
        (int status, JsonElement report) = await _world.SendAsync("POST", "/v1/drift");

        Assert.Equal((200, 0), (status, report.GetProperty("slates").GetInt64()));
        Assert.False(report.GetProperty("drifted").GetBoolean());
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static bool Within(IReadOnlyDictionary<string, object> parameters, DateOnly day)
    {
        DateTimeOffset at = new(day, TimeOnly.MinValue, TimeSpan.Zero);
        return at >= (DateTimeOffset)parameters["from"] && at < (DateTimeOffset)parameters["to"];
    }

    private void Days(int count, int clicked)
    {
        for (int back = 1; back <= count; back++)
        {
            Day(Yesterday.AddDays(-back), clicked);
        }
    }

    /// <summary>A thousand slates of ten, two strategies, scores over the scale.</summary>
    private void Day(DateOnly day, int clicked)
    {
        _served.Add(new ServedDay(day, "home", "full_hybrid", 700, clicked - (clicked / 3)));
        _served.Add(new ServedDay(day, "home", "content_only", 300, clicked / 3));
        for (int step = 0; step < 20; step++)
        {
            _scores.Add(new ScoreDay(day, step, 500));
        }

        for (int product = 0; product < World.Products; product++)
        {
            _products.Add(new ProductExposureDay(World.Product(product), day, 250, 0));
        }
    }

    private async Task<JsonElement> FindAsync(string kind) =>
        (await _world.SendAsync("GET", "/v1/drift")).Body.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("kind").GetString() == kind);
}
