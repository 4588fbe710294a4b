using System.Text.Json;
using Aisle.Host.Exporting;
using Aisle.Http;
using Aisle.Testing;

namespace Aisle.Host.Tests;

[Collection(ShopTests.Name)]
public sealed class ExportTests(ShopFixture shop) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("csv"), InlineData("jsonl"), InlineData("parquet")]
    public async Task Named_shoppers_get_their_slates_and_strangers_are_reported(string format)
    {
        string users = Path.Combine(_folder.Path, "users.txt");
        await File.WriteAllLinesAsync(users, ["shopper-00001", "nobody we know", "shopper-00002", new string('x', 200)], Token);
        string file = Path.Combine(_folder.Path, "out." + format);

        CommandLine run = await CommandLine.RunAsync(Token, "export", "recommendations", "--k", "5", "--format", format, "--users", users, "--out", file, "--data", shop.Folder);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Contains("10 rows for 2 shoppers", run.Output, StringComparison.Ordinal);
        Assert.True(new FileInfo(file).Length > 0);
        Assert.Contains("\"nobody we know\",\"nothing is known", await File.ReadAllTextAsync(file + ".left-out.csv", Token), StringComparison.Ordinal);
        Assert.Contains("1: nothing is known of the shopper", run.Output, StringComparison.Ordinal);
        Assert.Contains("1: no user id", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(_folder.Path, "out.*").Length); // nothing of the staging is left
    }

    [Fact]
    public async Task All_known_shoppers_are_exported_when_nobody_is_named()
    {
        string file = Path.Combine(_folder.Path, "all.jsonl");

        CommandLine run = await CommandLine.RunAsync(Token, "export", "recommendations", "--k", "3", "--format", "jsonl", "--out", file, "--data", shop.Folder);

        Assert.Equal(0, run.ExitCode);
        string[] rows = await File.ReadAllLinesAsync(file, Token);
        Assert.True(rows.Length > 300);
        Assert.All(rows, row => Assert.InRange(JsonDocument.Parse(row).RootElement.GetProperty("rank").GetInt32(), 1, 3));
    }

    [Fact]
    public async Task Rules_and_stock_hold_in_an_export_as_they_do_online()
    {
        string[] all = await ProductsAsync("before.jsonl");
        (string blocked, string sold) = (all[0], all.First(product => product != all[0]));
        await shop.AskAsync(ApiRole.Operator, HttpMethod.Put, "v1/rules", $$$"""{"rules":[{"id":"recall","action":"block","match":{"products":["{{{blocked}}}"]}}]}""", Token);
        await shop.AskAsync(ApiRole.Operator, HttpMethod.Patch, $"v1/products/{sold}", """{"in_stock":false}""", Token);
        try
        {
            await WaitAsync(async () => !(await ProductsAsync("after.jsonl")).Intersect([blocked, sold]).Any());
        }
        finally
        {
            await shop.AskAsync(ApiRole.Operator, HttpMethod.Put, "v1/rules", """{"rules":[]}""", Token);
            await shop.AskAsync(ApiRole.Operator, HttpMethod.Patch, $"v1/products/{sold}", """{"in_stock":true}""", Token);
        }
    }

    [Theory]
    [InlineData("""[]""", "body"), InlineData("""{"surface":"cart"}""", "surface"), InlineData("""{"surface":"shop window"}""", "surface")]
    [InlineData("""{"k":0}""", "k"), InlineData("""{"k":"ten"}""", "k"), InlineData("""{"users":[1]}""", "users"), InlineData("""{"after":1}""", "after"), InlineData("""{"after":""}""", "after")]
    public async Task What_cannot_be_exported_is_refused_by_field(string body, string field)
    {
        (int status, _, JsonElement problem) = await shop.AskAsync(ApiRole.Operator, HttpMethod.Post, "v1/exports/recommendations", body, Token);

        Assert.Equal(400, status);
        Assert.Contains($"\"{field}\"", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--surface", "zzz")]
    [InlineData("--k", "100000")]
    public async Task An_export_that_is_refused_leaves_nothing_behind(string option, string value)
    {
        CommandLine run = await CommandLine.RunAsync(Token, "export", "recommendations", option, value, "--out", Path.Combine(_folder.Path, "out.csv"), "--data", shop.Folder);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_file_in_a_folder_that_is_not_there_is_named()
    {
        CommandLine run = await CommandLine.RunAsync(Token, "export", "recommendations", "--out", Path.Combine(_folder.Path, "none", "out.csv"), "--data", shop.Folder);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("aisle: --out", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_that_broke_off_goes_on_after_the_last_batch_it_noted()
    {
        string path = Path.Combine(_folder.Path, "rows.jsonl");
        using (ExportFile broken = ExportFile.Begin(path, "jsonl", "home"))
        {
            await broken.AddAsync(Batch("a"), "a", Token);
        }

        await File.AppendAllTextAsync(path + ".part", "{\"half a ro", Token); // the process died in the middle of the next batch
        using ExportFile resumed = ExportFile.Begin(path, "jsonl", "home");
        Assert.Equal("a", resumed.Progress.After);
        await resumed.AddAsync(Batch("b"), "b", Token);
        resumed.Finish();

        Assert.Equal(["a", "b"], (await File.ReadAllLinesAsync(path, Token)).Select(row => JsonDocument.Parse(row).RootElement.GetProperty("user_id").GetString()));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string[]> ProductsAsync(string name)
    {
        string file = Path.Combine(_folder.Path, name);
        CommandLine run = await CommandLine.RunAsync(Token, "export", "recommendations", "--format", "jsonl", "--out", file, "--data", shop.Folder);
        Assert.Equal(0, run.ExitCode);
        return [.. (await File.ReadAllLinesAsync(file, Token)).Select(row => JsonDocument.Parse(row).RootElement.GetProperty("product_id").GetString()!).Distinct()];
    }

    private static async Task WaitAsync(Func<Task<bool>> isSo)
    {
        for (int attempt = 0; attempt < 60; attempt++)
        {
            if (await isSo())
            {
                return;
            }

            await Task.Delay(500, Token);
        }

        Assert.Fail("It did not come to be within half a minute.");
    }

    private static JsonElement Batch(string user) => JsonDocument.Parse(
        $$"""{"users":2,"rows":[{"user_id":"{{user}}"}],"left_out":[{"user_id":"left {{user}}","reason":"why"}]}""").RootElement;
}
