namespace Aisle.Host.Tests;

/// <summary>Commands find the running host and ask it over HTTP.</summary>
[Collection(ShopTests.Name)]
public sealed class CommandsBesideARunningHostTests(ShopFixture shop)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("strategy", "recommend", "shopper-00001")]
    [InlineData("\"slate_id\"", "recommend", "shopper-00001", "--json")]
    [InlineData("hybrid", "evaluate")]
    [InlineData("stale: false", "guard")]
    [InlineData("home-variety", "experiments")]
    [InlineData("retrain-", "runs", "list")]
    [InlineData("Revenue per visitor", "report", "home-variety")]
    [InlineData("revenue_per_user", "report", "home-variety", "--format", "json")]
    [InlineData("visitors of the control: 299,880", "power", "--baseline", "0.021")]
    [InlineData("varied", "experiments", "show", "home-variety")]
    [InlineData("experiment,metric", "report", "home-variety", "--format", "csv")]
    [InlineData("<!doctype html>", "report", "home-variety", "--format", "html")]
    public async Task A_command_shows_what_the_host_answers(string expected, params string[] arguments)
    {
        CommandLine run = await CommandLine.RunAsync(Token, [.. arguments, "--data", shop.Folder]);

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_letters_are_listed_put_back_and_dropped_beside_the_host()
    {
        await shop.AskAsync(Http.ApiRole.Operator, HttpMethod.Post, "/", """{"message":{"messageId":"bad-1","data":"e30="}}""", Token);
        await shop.AskAsync(Http.ApiRole.Operator, HttpMethod.Post, "/", """{"message":{"messageId":"bad-2","data":"e30="}}""", Token);

        CommandLine listed = await CommandLine.RunAsync(Token, "events", "dead-letter", "list", "--data", shop.Folder);
        CommandLine retried = await CommandLine.RunAsync(Token, "events", "dead-letter", "retry", "bad-1", "--data", shop.Folder);
        CommandLine dropped = await CommandLine.RunAsync(Token, "events", "dead-letter", "drop", "--all", "--data", shop.Folder);

        Assert.Contains("bad-1", listed.Output, StringComparison.Ordinal);
        Assert.Contains("event_id", listed.Output, StringComparison.Ordinal);
        Assert.Equal("1 message was put back.", retried.Output.Trim());
        Assert.Contains("thrown away", dropped.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (listed.ExitCode, retried.ExitCode, dropped.ExitCode));
    }

    [Theory]
    [InlineData("retry")]
    [InlineData("drop")]
    public async Task A_dead_letter_that_there_is_not_is_an_error_that_names_it(string change)
    {
        CommandLine run = await CommandLine.RunAsync(Token, "events", "dead-letter", change, "nope", "--data", shop.Folder);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("nope", run.Error, StringComparison.Ordinal);
        Assert.Contains("dead-letter list", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("retry")]
    [InlineData("drop", "an-id", "--all")]
    public async Task A_change_of_dead_letters_names_some_or_all(params string[] words)
    {
        CommandLine run = await CommandLine.RunAsync(Token, ["events", "dead-letter", .. words, "--data", shop.Folder]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--all", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("html", "<!doctype html>")]
    [InlineData("csv", "experiment,metric")]
    public async Task A_report_goes_into_the_file_that_is_named(string format, string begins)
    {
        using Testing.TemporaryFolder folder = new();
        string file = folder.File("report.out");

        CommandLine run = await CommandLine.RunAsync(Token, "report", "home-variety", "--format", format, "--out", file, "--data", shop.Folder);

        Assert.Equal((0, "", $"The report is in {file}."), (run.ExitCode, run.Error, run.Output.Trim()));
        Assert.StartsWith(begins, await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_into_a_folder_that_is_not_there_is_refused_by_the_options_name()
    {
        using Testing.TemporaryFolder folder = new();

        CommandLine run = await CommandLine.RunAsync(Token, "report", "home-variety", "--out", Path.Combine(folder.Path, "none", "report.html"), "--data", shop.Folder);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--out", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aisle experiments", "report", "none")]
    [InlineData("aisle experiments", "power", "--experiment", "none")]
    [InlineData("aisle runs list", "runs", "show", "none")]
    [InlineData("aisle models list", "models", "promote", "none")]
    public async Task What_is_not_there_names_the_command_that_lists_what_is(string command, params string[] arguments)
    {
        CommandLine run = await CommandLine.RunAsync(Token, [.. arguments, "--data", shop.Folder]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(command, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_an_experiment_is_printed_each_on_a_line()
    {
        using Testing.TemporaryFolder folder = new();
        string file = folder.File("experiment.json");
        await File.WriteAllTextAsync(file, """{"key":"Bad Key","variants":[{"name":"a","weight":1},{"name":"b","weight":1}],"start_at":"2026-01-01T00:00:00Z","ends_at":"2026-02-01T00:00:00Z"}""", Token);

        CommandLine run = await CommandLine.RunAsync(Token, "experiments", "create", file, "--data", shop.Folder);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            ["aisle: key", "aisle: starts_at", "aisle: start_at"],
            run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..line.LastIndexOf(": ", line.IndexOf(". ", StringComparison.Ordinal), StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task An_unknown_experiment_is_one_line_and_not_a_trace()
    {
        CommandLine run = await CommandLine.RunAsync(Token, "report", "none", "--data", shop.Folder);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("there is no experiment 'none'", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_host_on_the_folder_is_refused_with_the_address_of_the_first()
    {
        CommandLine run = await CommandLine.RunAsync(Token, "serve", "--data", shop.Folder, "--port", "0");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("already served at http://", run.Error, StringComparison.Ordinal);
    }
}
