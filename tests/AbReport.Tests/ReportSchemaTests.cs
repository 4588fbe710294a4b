using System.Text.Json;

namespace Aisle.AbReport.Tests;

/// <summary>Programs read the report by its names: what it has is written down here, and changing it is a
/// decision that raises <c>schema</c>.</summary>
public sealed class ReportSchemaTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_names_of_a_report_for_programs_are_the_ones_that_are_written_down()
    {
        World world = new();
        await world.RunningForAsync(28, Token);
        world.Visitors("control", 500, clickEvery: 2, buyEvery: 5);
        world.Visitors("varied", 500, clickEvery: 2, buyEvery: 4);
        world.Users.AddRange(world.Users.Where((_, i) => i % 2 == 0).Select(user => user with { RevenueBeforeMinor = 1_000 }).ToArray());

        JsonElement report = World.Json((await world.SendAsync("GET", "/v1/experiments/home/report?format=json&calibrate=true", null)).Body);

        string expected = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "report.schema.txt"), Token);
        Assert.Equal(expected.ReplaceLineEndings("\n").TrimEnd(), string.Join('\n', Names(report, "").Distinct().Order(StringComparer.Ordinal)));
        Assert.Equal(4, report.GetProperty("schema").GetInt32());
    }

    private static IEnumerable<string> Names(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Names(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Names(item, path + "[]")),
        _ => [path],
    };
}
