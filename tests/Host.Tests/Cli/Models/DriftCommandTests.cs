using System.Text.Json;
using Aisle.Http;

namespace Aisle.Host.Tests.Cli.Models;

/// <summary>Drift and features on the stores of a running host.</summary>
[Collection(ShopTests.Name)]
public sealed class DriftCommandTests(ShopFixture shop)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_day_is_held_against_the_days_before_from_the_command_line_and_over_http()
    {
        CommandLine run = await CommandLine.RunAsync(Token, "drift", "--data", shop.Folder);
        (int status, _, JsonElement report) = await shop.AskAsync(ApiRole.Operator, HttpMethod.Post, "v1/drift", null, Token);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Contains("drift_scores", run.Output, StringComparison.Ordinal);
        Assert.Equal(200, status);
        Assert.True(report.GetProperty("slates").GetInt64() + report.GetProperty("baseline_slates").GetInt64() > 0); // the demo shop was served before
        Assert.Contains(report.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("kind").GetString() == "clicks_home");
    }

    [Fact]
    public async Task Features_are_refreshed_on_request_and_doing_it_again_changes_nothing()
    {
        await shop.AskAsync(ApiRole.Operator, HttpMethod.Post, "v1/features", null, Token);

        (int status, _, JsonElement again) = await shop.AskAsync(ApiRole.Operator, HttpMethod.Post, "v1/features", null, Token);

        Assert.Equal((200, 0), (status, again.GetProperty("purchase_counts_changed").GetInt32()));
    }
}
