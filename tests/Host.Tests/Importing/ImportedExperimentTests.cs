using System.Text.Json;
using Aisle.Testing;

namespace Aisle.Host.Tests.Importing;

/// <summary>The table of an experiment, imported and reported on, as a user does it.</summary>
public sealed class ImportedExperimentTests : IDisposable
{
    private const double Rounding = 0.00005;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.Path, "shop");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Means_of_the_report_are_those_of_the_table_and_a_second_import_doubles_nothing()
    {
        string file = Path.Combine(_folder.Path, "table.csv");
        await File.WriteAllLinesAsync(
            file, ["id,arm,paid,came", .. Enumerable.Range(0, 600).Select(i => $"u{i},{(i % 2 == 0 ? "plain" : "new")},{(i % 10 < 3 ? i % 7 : 0)}.5,{i % 2}"), "u1,new,1,1"], Token);
        string[] import = ["experiment", file, "--experiment", "mine", "--control", "plain", "--map", "user=id,variant=arm,spend=paid,visits=came"];

        CommandLine first = await ImportAsync(import);
        await ImportAsync(import);
        Dictionary<string, (double Control, double Treatment)> revenue = await MetricAsync("mine", "revenue_per_user");

        Assert.Contains("'u1' has a row already", first.Output, StringComparison.Ordinal);
        double[] paid = [.. Enumerable.Range(0, 600).Select(i => (i % 10 < 3 ? i % 7 : 0) + 0.5)];
        Assert.Equal(paid.Where((_, i) => i % 2 == 0).Average(), revenue["new"].Control, 1e-9);
        Assert.Equal(paid.Where((_, i) => i % 2 == 1).Average(), revenue["new"].Treatment, 1e-9);
    }

    [Fact]
    public async Task Hillstroms_three_arms_have_the_figures_that_are_known()
    {
        string file = PublicData.Require("ab_hillstrom", "hillstrom.csv.gz");

        CommandLine run = await ImportAsync(
            "experiment", file, "--experiment", "hillstrom", "--control", "No E-Mail", "--map", "variant=segment,spend=spend,conversion=conversion,visits=visit");
        Dictionary<string, (double Control, double Treatment)> revenue = await MetricAsync("hillstrom", "revenue_per_user");
        Dictionary<string, (double Control, double Treatment)> conversion = await MetricAsync("hillstrom", "conversion");

        Assert.Contains("64,000 rows", run.Output, StringComparison.Ordinal);
        Assert.Equal((0.6528, 1.4226, 1.0772), Rounded(revenue["Mens E-Mail"].Control, revenue["Mens E-Mail"].Treatment, revenue["Womens E-Mail"].Treatment));
        Assert.Equal(0.00573, conversion["Mens E-Mail"].Control, Rounding);
        Assert.Equal(0.01253, conversion["Mens E-Mail"].Treatment, Rounding);
        Assert.Equal(0.00884, conversion["Womens E-Mail"].Treatment, Rounding);
    }

    [Fact]
    public async Task Cookie_cats_retention_is_read_from_false_and_true()
    {
        string file = PublicData.Require("ab_cookie_cats", "cookie_cats.csv.gz");

        await ImportAsync("experiment", file, "--experiment", "cats-7", "--control", "gate_30", "--map", "user=userid,variant=version,conversion=retention_7");
        (double control, double treatment) = (await MetricAsync("cats-7", "conversion"))["gate_40"];

        Assert.Equal(0.1902, control, Rounding);
        Assert.Equal(0.1820, treatment, Rounding);
    }

    [Theory]
    [InlineData("--map", "--experiment", "x", "--map", "variant=one")]
    [InlineData("--control", "--experiment", "x", "--map", "variant=arm", "--control", "none")]
    [InlineData("--experiment", "--experiment", "No Key", "--map", "variant=arm")]
    [InlineData("--from", "--experiment", "x", "--map", "variant=arm", "--from", "soon")]
    [InlineData("file", "--experiment", "x")]
    public async Task What_cannot_be_used_is_named(string named, params string[] options)
    {
        string file = Path.Combine(_folder.Path, "table.csv");
        await File.WriteAllTextAsync(file, "arm,one\na,x\nb,x\n", Token);

        CommandLine run = await CommandLine.RunAsync(Token, ["import", "experiment", file, "--data", Data, .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"aisle: {named}: ", run.Error, StringComparison.Ordinal);
    }

    private static (double, double, double) Rounded(double first, double second, double third) =>
        (Math.Round(first, 4), Math.Round(second, 4), Math.Round(third, 4));

    private async Task<CommandLine> ImportAsync(params string[] arguments)
    {
        CommandLine run = await CommandLine.RunAsync(Token, ["import", .. arguments, "--data", Data]);
        Assert.Equal("", run.Error);
        return run;
    }

    private async Task<Dictionary<string, (double Control, double Treatment)>> MetricAsync(string experiment, string metric)
    {
        CommandLine run = await CommandLine.RunAsync(Token, "report", experiment, "--format", "json", "--data", Data);
        Assert.Equal("", run.Error);
        using JsonDocument report = JsonDocument.Parse(run.Output);
        return report.RootElement.GetProperty("metrics").EnumerateArray()
            .Where(row => row.GetProperty("metric").GetString() == metric)
            .ToDictionary(row => row.GetProperty("variant").GetString()!, row => (row.GetProperty("control").GetDouble(), row.GetProperty("treatment").GetDouble()));
    }
}
