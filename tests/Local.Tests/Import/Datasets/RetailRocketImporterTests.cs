using Aisle.Events;
using Aisle.Local.Import;
using Aisle.Local.Import.Datasets;

namespace Aisle.Local.Tests.Import.Datasets;

public sealed class RetailRocketImporterTests
{
    private const string Derived = "user_id,item_id,event,timestamp,split\n";
    private const string Published = "timestamp,visitorid,event,itemid,transactionid\n";

    [Theory]
    [InlineData(Derived + "1176,6768,addtocart,1430623535,train\n", EventType.AddToCart)]
    [InlineData(Published + "1430623535000,1176,addtocart,6768,\n", EventType.AddToCart)]
    [InlineData(Published + "1430623535000,1176,transaction,6768,4000\n", EventType.Purchase)]
    public async Task Both_forms_of_the_file_are_read(string file, EventType type)
    {
        ImportedEvent happened = Assert.IsType<ImportedRow.Accepted>(Assert.Single(await ReadAsync(file))).Content;

        Assert.Equal(type, happened.Type);
        Assert.Equal("1176", happened.Shopper);
        Assert.Equal(new ProductId("6768"), happened.Product);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_430_623_535), happened.OccurredAt);
        Assert.Null(happened.RevenueMinor);
    }

    [Theory]
    [InlineData("1176,6768,transaction,,test", "held out")]
    [InlineData("1176,6768,view,-5,train", "unix time")]
    [InlineData("1176,6768,view,NaN,train", "unix time")]
    [InlineData("1176,6768,wish,1430623535,train", "event")]
    [InlineData(",6768,view,1430623535,train", "empty")]
    public async Task A_row_that_cannot_be_used_is_reported_with_its_reason(string line, string reason) =>
        Assert.Contains(reason, Assert.IsType<ImportedRow.Rejected>(Assert.Single(await ReadAsync(Derived + line + "\n"))).Kind, StringComparison.Ordinal);

    [Fact]
    public async Task Counts_without_times_are_refused()
    {
        DatasetFormatException refused = await Assert.ThrowsAsync<DatasetFormatException>(() => ReadAsync("user_id,item_id,event,count\n1,1,view,1\n"));

        Assert.Contains("timestamp", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_format_is_found_by_its_name() =>
        Assert.All(DatasetImporters.All, importer => Assert.Same(importer, DatasetImporters.Find(importer.Name)));

    private static async Task<IReadOnlyList<ImportedRow>> ReadAsync(string file) => (await ImportedText.ReadAsync(new RetailRocketImporter(), file)).Rows;
}
