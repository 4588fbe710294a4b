using System.Globalization;
using System.Text.Json;
using Aisle.Testing;

namespace Aisle.Host.Tests.Importing;

/// <summary>Each format on a generated file with bad rows among the good ones: tried, imported, imported again.</summary>
public sealed class GeneratedFormatsTests : IDisposable
{
    private const int Good = 300;
    private const int Bad = 6;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rees46", "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session\n", "2019-10-01 00:{0:D2}:{1:D2} UTC,view,{2},1,a.b,c,1.50,{3},s{3}", "yesterday,view,1,1,a.b,c,1.50,{3},s{3}")]
    [InlineData("movielens", "userId,movieId,rating,timestamp\n", "{3},{2},4.0,12607591{1:D2}", "{3},{2},9,1260759144")]
    [InlineData("amazon-reviews", "reviewerID,asin,overall,unixReviewTime,summary,reviewText\n", "A{3},B{2},5.0,13935456{1:D2},good,\"fine, really\"", "A{3},B{2},5.0,long ago,good,fine")]
    [InlineData("amazon-sequences", "user_id,items\n", "{2},5 9 {3}", "{2},")]
    [InlineData("hm", "t_dat,customer_id,article_id,price,sales_channel_id\n", "2018-09-{1:D2},c{3},{2:D10},0.0508,2", "2018-19-99,c{3},{2:D10},0.0508,2")]
    [InlineData("merchant-center", "id\ttitle\tavailability\tprice\n", "p{2}\tThing {2}\tin_stock\t{2}.50 EUR", "b{2}\tBad\tin_stock\tdear")]
    [InlineData("ga4", "", "{{\"event_date\":\"20260115\",\"event_timestamp\":\"17684784001234{1:D2}\",\"event_name\":\"view_item\",\"user_id\":\"u{3}\",\"user_pseudo_id\":\"{2}.4\",\"event_params\":[{{\"key\":\"currency\",\"value\":{{\"string_value\":\"EUR\"}}}}],\"items\":[{{\"item_id\":\"A{2}\",\"item_name\":\"Spade\",\"price\":12.5}}]}}", "{{\"event_date\":\"20260115\",\"event_timestamp\":\"soon\",\"event_name\":\"view_item\",\"user_id\":\"u{3}\",\"user_pseudo_id\":\"1.4\",\"items\":[{{\"item_id\":\"A\"}}]}}")]
    public async Task Bad_rows_are_set_aside_and_good_ones_imported_once(string format, string header, string good, string bad)
    {
        string quarantine = Path.Combine(_folder.Path, "bad.jsonl");
        string file = Path.Combine(_folder.Path, "generated.txt");
        await File.WriteAllTextAsync(file, header + string.Join('\n', Rows(good, bad)) + "\n", Token);

        CommandLine tried = await RunAsync(format, file, "--dry-run");
        CommandLine first = await RunAsync(format, file, "--quarantine", quarantine);
        CommandLine second = await RunAsync(format, file);

        Assert.Equal((0, 0, 0), (tried.ExitCode, first.ExitCode, second.ExitCode));
        Assert.Contains("nothing was written", tried.Output, StringComparison.Ordinal);
        Assert.Equal(Bad, Lines(quarantine));
        Assert.Contains("a second", first.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("in the shop already", first.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("new or changed", second.Output, StringComparison.Ordinal);
        if (format != "merchant-center")
        {
            Assert.Contains("events were in the shop already", second.Output, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Rows(string good, string bad) => Enumerable.Range(0, Good + Bad)
        .Select(row => string.Format(CultureInfo.InvariantCulture, row % (Good / Bad) == 0 && row / (Good / Bad) < Bad ? bad : good, row / 60, (row % 28) + 1, 1000 + row, row % 40));

    private static int Lines(string quarantine) => File.ReadAllLines(quarantine).Count(line =>
    {
        using JsonDocument row = JsonDocument.Parse(line);
        return row.RootElement.GetProperty("line").GetInt32() > 0 && row.RootElement.GetProperty("reason").GetString()!.Length > 10 && row.RootElement.GetProperty("row").GetString()!.Length > 4;
    });

    private Task<CommandLine> RunAsync(string format, string file, params string[] options) =>
        CommandLine.RunAsync(Token, ["import", format, file, "--data", Path.Combine(_folder.Path, "shop"), .. options]);
}
