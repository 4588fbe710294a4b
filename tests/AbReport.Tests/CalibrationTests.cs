using System.Text.Json;
using Aisle.AbReport.Calibrating;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Sql;
using Aisle.Statistics.Calibration;
using Aisle.Testing;

namespace Aisle.AbReport.Tests;

public sealed class CalibrationTests
{
    private readonly World _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_of_a_small_shop_tries_its_tests_on_its_own_visitors()
    {
        await ShopAsync();

        string page = (await _world.SendAsync("GET", "/v1/experiments/home/report", null)).Body;

        Assert.Contains("Do the tests keep their word here?", page, StringComparison.Ordinal);
        Assert.Contains("200 new salts", page, StringComparison.Ordinal);
        Assert.Contains("keeps its error", page, StringComparison.Ordinal);
        Assert.Contains("Histogram of p-values of revenue per user", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_get_the_rate_its_interval_and_the_histogram_when_they_ask()
    {
        await ShopAsync();

        Assert.Equal(0, World.Json((await _world.SendAsync("GET", "/v1/experiments/home/report?format=json", null)).Body).GetProperty("calibration").GetArrayLength());
        JsonElement[] metrics = [.. World.Json((await _world.SendAsync("GET", "/v1/experiments/home/report?format=json&calibrate=true", null)).Body)
            .GetProperty("calibration").EnumerateArray()];

        Assert.Equal(
            ["revenue_per_user", "conversion", "click_through", "average_order_value"], metrics.Select(metric => metric.GetProperty("metric").GetString()));
        Assert.All(metrics.Take(3), metric =>
        {
            Assert.InRange(metric.GetProperty("false_positive_rate").GetDouble(), metric.GetProperty("low").GetDouble(), metric.GetProperty("high").GetDouble());
            Assert.Equal(200, metric.GetProperty("histogram").EnumerateArray().Sum(bar => bar.GetInt32()) + metric.GetProperty("without_answer").GetInt32());
            Assert.True(metric.GetProperty("keeps_its_error").GetBoolean());
        });
        Assert.Equal(400, (await _world.SendAsync("GET", "/v1/experiments/home/report?calibrate=perhaps", null)).Status);
    }

    [Fact]
    public async Task Without_visitors_the_panel_has_a_status_and_no_figure()
    {
        await _world.RunningForAsync(28, Token);

        string page = (await _world.SendAsync("GET", "/v1/experiments/home/report?calibrate=true", null)).Body;

        Assert.Contains("no answer: insufficient data", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Power_is_simulated_on_the_visitors_own_distribution()
    {
        await ShopAsync();

        JsonElement got = World.Json((await _world.SendAsync("GET", "/v1/experiments/home/power?lift=0.3&users=2000", null)).Body);

        JsonElement conversion = got.GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("metric").GetString() == "conversion");
        Assert.Equal("ok", conversion.GetProperty("status").GetString());
        Assert.Equal(conversion.GetProperty("calculated_power").GetDouble(), conversion.GetProperty("power").GetDouble(), 0.06);
        Assert.True(conversion.GetProperty("skewness").GetDouble() > 1);
    }

    [Theory]
    [InlineData(5_001, 0, 0)]
    [InlineData(10, 1_000_000_000_001, 0)]
    [InlineData(10, -1_000_000_000_001, 0)]
    [InlineData(10, 0, 1_000_000_000_001)]
    public async Task Who_is_left_out_of_the_report_is_left_out_of_the_trial_of_its_tests(long events, long revenue, long before)
    {
        await ShopAsync();
        AbReportOptions options = new() { Salts = 50 };
        AaCalibrator calibrator = new(_world.Warehouse, options);
        Experiment experiment = (await _world.Experiments.ReadAllAsync(Token)).Single().Value;
        IReadOnlyList<AaCalibration> people = await calibrator.CalibrateAsync(experiment, Some.Instant, Token);

        _world.Users.Add(new ExperimentUser(new AssignmentId("program"), "control", 1, revenue, 1, 10, 10, "EUR") { Events = events, RevenueBeforeMinor = before });

        Assert.Equivalent(people, await calibrator.CalibrateAsync(experiment, Some.Instant, Token), strict: true);
        _world.Users[^1] = _world.Users[^1] with { Events = 5_000, RevenueMinor = 1_000_000_000_000, RevenueBeforeMinor = 0 };
        IReadOnlyList<AaCalibration> withAnother = await calibrator.CalibrateAsync(experiment, Some.Instant, Token);
        Assert.NotEqual(people.Select(metric => metric.UniformityPValue), withAnother.Select(metric => metric.UniformityPValue));
    }

    [Theory]
    [InlineData("/v1/experiments/home/power?users=1", 400)]
    [InlineData("/v1/experiments/home/power?users=50&lift=-2", 400)]
    [InlineData("/v1/experiments/none/power?users=50", 404)]
    public async Task Power_that_cannot_be_simulated_is_refused(string path, int status)
    {
        await ShopAsync();

        Assert.Equal(status, (await _world.SendAsync("GET", path, null)).Status);
    }

    [Fact]
    public async Task Power_stops_when_the_caller_gives_up()
    {
        await ShopAsync();
        using CancellationTokenSource given = new();
        await given.CancelAsync();
        Experiment experiment = (await _world.Experiments.ReadAllAsync(Token)).Single().Value;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new PowerSimulator(_world.Warehouse, new AbReportOptions()).SimulateAsync(experiment, Some.Instant, 0.1, 1_000_000, given.Token));
    }

    private async Task ShopAsync()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 500, clickEvery: 4, buyEvery: 7);
        _world.Visitors("varied", 500, clickEvery: 3, buyEvery: 6);
    }
}
