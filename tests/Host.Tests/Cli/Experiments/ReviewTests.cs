using System.Text.Json;
using Aisle.Http;

namespace Aisle.Host.Tests.Cli.Experiments;

/// <summary>The review on the stores of a running host.</summary>
[Collection(ShopTests.Name)]
public sealed class ReviewTests(ShopFixture shop)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Experiments_are_reviewed_from_the_command_line_over_http_and_told_once()
    {
        await shop.AskAsync(ApiRole.Operator, HttpMethod.Post, "v1/experiments/review", null, Token);

        CommandLine run = await CommandLine.RunAsync(Token, "experiments", "review", "--data", shop.Folder);
        (int status, _, JsonElement again) = await shop.AskAsync(ApiRole.Operator, HttpMethod.Post, "v1/experiments/review", null, Token);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Contains("home-variety", run.Output, StringComparison.Ordinal);
        Assert.Equal(200, status);
        JsonElement reviewed = again.GetProperty("experiments").EnumerateArray().Single(one => one.GetProperty("key").GetString() == "home-variety");
        Assert.Equal(JsonValueKind.Null, reviewed.GetProperty("fault").ValueKind);
        Assert.Equal(JsonValueKind.String, reviewed.GetProperty("sentence").ValueKind);
        Assert.Equal(0, reviewed.GetProperty("told").GetArrayLength());
    }
}
