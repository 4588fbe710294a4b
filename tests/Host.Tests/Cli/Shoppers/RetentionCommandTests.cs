using System.Text.Json;
using Aisle.Host.Cli;
using Aisle.Host.Scheduling;
using Aisle.Http;
using Aisle.Testing;

namespace Aisle.Host.Tests.Cli.Shoppers;

/// <summary>What is older than may be kept, on the stores of a running host.</summary>
[Collection(ShopTests.Name)]
public sealed class RetentionCommandTests(ShopFixture shop)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_counted_and_removed_from_the_command_line_and_over_http()
    {
        CommandLine removed = await CommandLine.RunAsync(Token, "retention", "--apply", "--data", shop.Folder);
        CommandLine counted = await CommandLine.RunAsync(Token, "retention", "--data", shop.Folder);
        (int status, _, JsonElement due) = await shop.AskAsync(ApiRole.Operator, HttpMethod.Get, "v1/retention", null, Token);

        Assert.Equal(("", 0, "", 0), (removed.Error, removed.ExitCode, counted.Error, counted.ExitCode));
        Assert.Contains("profiles", counted.Output, StringComparison.Ordinal);
        Assert.Equal((200, 90), (status, due.GetProperty("days").GetInt32()));
        Assert.All(due.GetProperty("due").EnumerateObject(), table => Assert.Equal(0, table.Value.GetInt64()));
        Assert.Contains(due.GetProperty("due").EnumerateObject(), table => table.Name == "profiles");
    }

    [Theory]
    [InlineData("{\"days\":1}", "days")]
    [InlineData("{\"days\":", "body")]
    public async Task A_body_that_would_not_be_read_is_refused_and_nothing_is_removed(string body, string field)
    {
        (int status, _, JsonElement problem) = await shop.AskAsync(ApiRole.Operator, HttpMethod.Post, "v1/retention", body, Token);

        Assert.Equal((400, field), (status, problem.GetProperty("problems")[0].GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(91)]
    public void A_time_that_may_not_be_kept_is_refused(int days)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("schedule.json"), $$"""{"retention_days":{{days}}}""");

        UsageException wrong = Assert.Throws<UsageException>(() => ScheduleOptions.Load(folder.Path));

        Assert.Contains("retention_days", wrong.Message, StringComparison.Ordinal);
    }
}
