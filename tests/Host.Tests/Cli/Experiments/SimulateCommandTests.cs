using System.Globalization;
using System.Text.RegularExpressions;
using Aisle.Testing;

namespace Aisle.Host.Tests.Cli.Experiments;

public sealed partial class SimulateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Simulated_shoppers_use_the_engine_and_the_report_stands_beside_the_true_effect()
    {
        CommandLine run = await RunAsync("simulate", "--users", "300", "--products", "150", "--days", "14", "--lift", "1", "--treatment", "policy=slots");

        Assert.True(run.ExitCode == 0, run.Error);
        Match truth = Truth().Match(run.Output);
        Assert.True(truth.Success, run.Output);

        // Twice the chance of each click, of which a slate gives one at most, and another policy.
        Assert.InRange(double.Parse(truth.Groups[1].Value, CultureInfo.InvariantCulture), 40, 160);
        Assert.Matches(Estimate(), run.Output);
        Assert.DoesNotContain("NaN", run.Output, StringComparison.Ordinal);

        CommandLine again = await RunAsync("simulate", "--users", "300");
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("empty folder", again.Error, StringComparison.Ordinal);
        Assert.Contains("Do the tests keep their word here?", (await RunAsync("report", "simulation", "--format", "html")).Output, StringComparison.Ordinal);
        Assert.Contains("keeps its error", (await RunAsync("experiments", "calibrate", "simulation")).Output, StringComparison.Ordinal);
        Assert.Contains("users for normality", (await RunAsync("power", "--experiment", "simulation", "--users", "500", "--lift", "0.2")).Output, StringComparison.Ordinal);
        Assert.Contains("status: ok", (await RunAsync("experiments", "estimate", "--exploration", "0.5", "--variant", "simulation=control")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--days", "--days", "10")]
    [InlineData("--lift", "--lift", "-2")]
    [InlineData("--users", "--users", "3")]
    [InlineData("--treatment", "--treatment", "lambda=0.5")]
    [InlineData("--control", "--control", "alpha=7")]
    public async Task A_plan_that_cannot_be_simulated_is_refused_by_name(string named, params string[] arguments)
    {
        CommandLine run = await RunAsync(["simulate", .. arguments]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<CommandLine> RunAsync(params string[] arguments) => CommandLine.RunAsync(Token, [.. arguments, "--data", _folder.Path]);

    [GeneratedRegex(@"True click-through .* lift \+([\d.]+)%")]
    private static partial Regex Truth();

    [GeneratedRegex(@"Estimated lift [+-][\d.]+%, between [+-][\d.]+% and [+-][\d.]+%: the interval (holds|misses) the truth")]
    private static partial Regex Estimate();
}
