using System.Text.Json;
using Aisle.Host.Exporting;
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
        await File.WriteAllLinesAsync(users, ["shopper-00001", "nobody we know", "shopper-00002"], Token);
        string file = Path.Combine(_folder.Path, "out." + format);

        CommandLine run = await CommandLine.RunAsync(Token, "export", "recommendations", "--k", "5", "--format", format, "--users", users, "--out", file, "--data", shop.Folder);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Contains("10 rows for 2 shoppers", run.Output, StringComparison.Ordinal);
        Assert.True(new FileInfo(file).Length > 0);
        Assert.Contains("\"nobody we know\",nothing is known", await File.ReadAllTextAsync(file + ".left-out.csv", Token), StringComparison.Ordinal);
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

    private static JsonElement Batch(string user) => JsonDocument.Parse(
        $$"""{"users":2,"rows":[{"user_id":"{{user}}"}],"left_out":[{"user_id":"left {{user}}","reason":"why"}]}""").RootElement;
}
