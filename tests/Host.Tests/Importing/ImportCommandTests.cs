using System.Text.Json;
using Aisle.Testing;

namespace Aisle.Host.Tests.Importing;

/// <summary>The command as a user gives it, on an empty folder of its own.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private const string Header = "id\ttitle\tavailability\tprice\n";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.Path, "shop");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Importing_a_file_twice_changes_nothing_and_says_so()
    {
        string file = Write("events.csv", "event_id,user_id,event_type,product_id,event_timestamp\ne1,u1,view,p1,2026-01-15T12:00:00Z\ne2,u1,view,p2,2026-01-15T12:01:00Z\n");

        CommandLine first = await RunAsync("auto", file);
        CommandLine second = await RunAsync("csv", file);

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Contains("2  view", first.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("in the shop already", first.Output, StringComparison.Ordinal);
        Assert.Contains("2  events were in the shop already", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("new or changed", second.Output, StringComparison.Ordinal);
        Assert.Contains("a second", first.Output, StringComparison.Ordinal);
        Assert.Contains("left", first.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_that_lives_in_the_present_is_not_put_back_by_an_old_file()
    {
        string today = File.GetLastWriteTimeUtc(Write("now.csv", "")).AddHours(-1).ToString("yyyy-MM-ddTHH:mm:ssZ", null);
        await RunAsync("csv", Write("now.csv", $"event_id,user_id,event_type,product_id,event_timestamp\ne1,u1,view,p1,{today}\n"));

        CommandLine old = await RunAsync("csv", Write("old.csv", "event_id,user_id,event_type,product_id,event_timestamp\ne2,u1,view,p1,2020-01-15T12:00:00Z\n"));

        Assert.Equal(0, old.ExitCode);
        using Local.Workspaces.Workspace shop = Local.Workspaces.Workspace.TryOpen(Data)!;
        Assert.Null(shop.Info.AsOf);
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("my shop")]
    public async Task The_next_command_names_the_folder_that_was_given(string folder)
    {
        string data = Path.Combine(_folder.Path, folder);
        string file = Write("events.csv", "event_id,user_id,event_type,product_id,event_timestamp\ne1,u1,view,p1,2026-01-15T12:00:00Z\n");

        CommandLine run = await CommandLine.RunAsync(Token, "import", "csv", file, "--data", data);

        string named = folder.Contains(' ', StringComparison.Ordinal) ? $"'{data}'" : data;
        Assert.EndsWith($"Next: aisle retrain --data {named}", run.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_an_import_broke_off_nothing_else_is_made_and_importing_again_makes_it_whole()
    {
        string[] rows = [.. Enumerable.Range(0, 12_000).Select(i => $"e{i},u{i % 50},view,p{i % 90},2026-01-15T12:00:00Z")];
        string file = Write("events.csv", "event_id,user_id,event_type,product_id,event_timestamp\n" + string.Join('\n', rows));
        string torn = Torn(file);

        Assert.NotEqual(0, (await RunAsync("csv", torn)).ExitCode);

        CommandLine other = await RunAsync("merchant-center", Write("feed.tsv", Header + "a\tA\tin_stock\t1.00 EUR\n"));
        CommandLine asked = await CommandLine.RunAsync(Token, "recommend", "u1", "--data", Data);
        CommandLine served = await CommandLine.RunAsync(Token, "serve", "--port", "0", "--data", Data);
        Assert.Equal((2, 2, 2), (other.ExitCode, asked.ExitCode, served.ExitCode));
        Assert.Contains("csv broke off", other.Error, StringComparison.Ordinal);
        Assert.Contains("csv broke off", asked.Error, StringComparison.Ordinal);
        Assert.Contains("Import its file again", served.Error, StringComparison.Ordinal);
        Assert.Contains("10,000  events were in the shop already", (await RunAsync("csv", file)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_judges_every_row_and_writes_nothing_to_the_shop()
    {
        string file = Write("feed.tsv", Header + "a\tA\tin_stock\t1.00 EUR\nb\tB\tin_stock\tdear\n");

        CommandLine run = await RunAsync("merchant-center", file, "--dry-run");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("price cannot be used", run.Output, StringComparison.Ordinal);
        Assert.Contains("nothing was written", run.Output, StringComparison.Ordinal);
        Assert.Contains("there is no shop", (await CommandLine.RunAsync(Token, "prices", "a", "--data", Data)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_left_out_lie_in_the_quarantine_whole_with_line_and_remedy()
    {
        string quarantine = Path.Combine(_folder.Path, "bad.jsonl");
        string row = "b\t" + new string('B', 500) + "\tin_stock\tdear";
        await RunAsync("merchant-center", Write("feed.tsv", Header + "a\tA\tin_stock\t1.00 EUR\n" + row + "\n"), "--quarantine", quarantine);

        using JsonDocument line = JsonDocument.Parse(Assert.Single(await File.ReadAllLinesAsync(quarantine, Token)));
        Assert.Equal(3, line.RootElement.GetProperty("line").GetInt32());
        Assert.Equal(row, line.RootElement.GetProperty("row").GetString());
        Assert.Contains("Write a number with a point", line.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_under_the_quarantine_stops_the_import_with_a_remedy_and_the_next_one_doubles_nothing()
    {
        if (!File.Exists("/dev/full"))
        {
            Assert.Skip("There is no /dev/full here, the device that is always full; run the tests on Linux.");
        }

        string file = Write("events.csv", "event_id,user_id,event_type,product_id,event_timestamp\ne1,u1,view,p1,2026-01-15T12:00:00Z\ne2,u1,wish,p1,2026-01-15T12:00:00Z\n");

        CommandLine full = await RunAsync("csv", file, "--quarantine", "/dev/full");
        CommandLine again = await RunAsync("csv", file);

        Assert.Equal(2, full.ExitCode);
        Assert.Contains("/dev/full", full.Error, StringComparison.Ordinal);
        Assert.Contains("--quarantine", full.Error, StringComparison.Ordinal);
        Assert.Contains("1  view", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_would_empty_the_shop_is_refused_unless_it_is_forced()
    {
        string whole = Write("whole.tsv", Header + string.Concat(Enumerable.Range(0, 10).Select(i => $"p{i}\tP\tin_stock\t{i + 1}.00 EUR\n")));
        string half = Write("half.tsv", Header + string.Concat(Enumerable.Range(0, 5).Select(i => $"p{i}\tP\tin_stock\t{i + 1}.00 EUR\n")) + "p5\tP\tin_stock\tdear\n");
        await RunAsync("merchant-center", whole);

        CommandLine refused = await RunAsync("merchant-center", half);
        CommandLine part = await RunAsync("merchant-center", half, "--catalogue", "part");
        CommandLine forced = await RunAsync("merchant-center", half, "--force");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("4 of the 10 products", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("products left the catalogue", part.Output, StringComparison.Ordinal);
        Assert.Contains("4  products left the catalogue", forced.Output, StringComparison.Ordinal);
        Assert.Contains("false", (await CommandLine.RunAsync(Token, "prices", "p9", "--data", Data)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await CommandLine.RunAsync(Token, "prices", "p5", "--data", Data)).ExitCode);
    }

    [Fact]
    public async Task Prices_of_one_feed_after_another_are_the_products_history()
    {
        await RunAsync("merchant-center", Write("monday.tsv", Header + "a\tA\tin_stock\t1.00 EUR\n"));
        await RunAsync("merchant-center", Write("tuesday.tsv", Header + "a\tA\tin_stock\t2.50 EUR\n"));

        CommandLine prices = await CommandLine.RunAsync(Token, "prices", "a", "--data", Data);

        Assert.Equal(0, prices.ExitCode);
        Assert.True(
            prices.Output.IndexOf("2.5", StringComparison.Ordinal) > prices.Output.IndexOf("│ 1 ", StringComparison.Ordinal), prices.Output);
    }

    [Theory]
    [InlineData("file", "csv", "missing.csv")]
    [InlineData("file", "csv", ".")]
    [InlineData("format", "xls", "feed.tsv")]
    [InlineData("format", "auto", "strange.csv")]
    [InlineData("file", "rees46", "feed.tsv")]
    [InlineData("file", "csv", "empty.csv")]
    [InlineData("--currency", "csv", "feed.tsv", "--currency", "euro")]
    [InlineData("--encoding", "csv", "feed.tsv", "--encoding", "klingon")]
    [InlineData("--map", "csv", "feed.tsv", "--map", "usr=x")]
    [InlineData("--catalogue", "csv", "feed.tsv", "--catalogue", "half")]
    [InlineData("--max-drop", "csv", "feed.tsv", "--max-drop", "7")]
    public async Task What_cannot_be_used_is_named_in_one_line(string named, string format, string file, params string[] options)
    {
        Write("feed.tsv", Header);
        Write("strange.csv", "what,is,this\n1,2,3\n");
        Write("empty.csv", "");

        CommandLine run = await RunAsync(format, Path.Combine(_folder.Path, file), options);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"aisle: {named}: ", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private Task<CommandLine> RunAsync(string format, string file, params string[] options) =>
        CommandLine.RunAsync(Token, ["import", format, file, "--data", Data, .. options]);

    /// <summary>The file packed, without its last bytes: what was read of it before the fault is whole.</summary>
    private static string Torn(string file)
    {
        string packed = file + ".gz";
        using (FileStream target = File.Create(packed))
        using (System.IO.Compression.GZipStream gzip = new(target, System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write(File.ReadAllBytes(file));
        }

        byte[] bytes = File.ReadAllBytes(packed);
        File.WriteAllBytes(packed, bytes[..^Math.Max(100, bytes.Length / 20)]);
        return packed;
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}
