using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Local.Import;
using Aisle.Local.Import.Datasets;
using Aisle.Local.Import.Outcome;

namespace Aisle.Local.Tests.Import.Datasets;

public sealed class UciOnlineRetailImporterTests
{
    private const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    [Fact]
    public async Task An_invoice_line_becomes_a_purchase_with_exact_revenue()
    {
        ImportedEvent sale = await EventAsync("536365,85123a,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850,United Kingdom");

        Assert.Equal(EventType.Purchase, sale.Type);
        Assert.Equal(new ProductId("85123A"), sale.Product);
        Assert.Equal("17850", sale.Shopper);
        Assert.Equal(1530, sale.RevenueMinor);
        Assert.Equal(255, sale.UnitPriceMinor);
        Assert.Equal("GBP", sale.Currency);
        Assert.Equal(new OrderId("536365"), sale.Order);
        Assert.Equal(new DateTimeOffset(2010, 12, 1, 8, 26, 0, TimeSpan.Zero), sale.OccurredAt);
    }

    [Fact]
    public async Task A_credit_note_becomes_a_refund_with_negative_revenue()
    {
        ImportedEvent refund = await EventAsync("C536379,22423,CAKESTAND,-2,12/1/2010 9:41,12.75,14527.0,United Kingdom");

        Assert.Equal(EventType.Refund, refund.Type);
        Assert.Equal(2, refund.Quantity);
        Assert.Equal(-2550, refund.RevenueMinor);
        Assert.Equal("14527", refund.Shopper);
    }

    [Theory]
    [InlineData("C536379,22423,CAKESTAND,-2147483648,2010-12-01 09:41:00,12.75,14527,United Kingdom")]
    [InlineData("536365,85123A,HEART,6,2010-12-01 08:26:00,1e400,17850,United Kingdom")]
    public async Task A_number_beyond_all_sense_leaves_its_row_out_and_no_other(string line)
    {
        ImportSummary summary = await SummaryAsync(line + "\n536544,21773,BATH TUB,1,2010-12-01 14:32:00,2.51,1,United Kingdom");

        Assert.Equal((1L, 1L), (summary.Accepted.Values.Sum(), summary.RejectedRows));
    }

    [Fact]
    public async Task Ids_too_long_for_an_event_id_are_digested()
    {
        string invoice = new('9', 120);

        ImportedEvent sale = await EventAsync($"{invoice},85123A,HEART,6,2010-12-01 08:26:00,2.55,17850,United Kingdom");

        Assert.Equal(new OrderId(invoice), sale.Order);
    }

    [Fact]
    public async Task A_line_without_a_customer_keeps_its_revenue_and_has_no_shopper()
    {
        ImportSummary summary = await SummaryAsync("536544,21773,BATH TUB,1,2010-12-01 14:32:00,2.51,,United Kingdom");

        Assert.Equal(251, summary.RevenueMinor["GBP"]);
        Assert.Contains(summary.Accepted.Keys, kind => kind.Contains("without a customer", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("536370,POST,POSTAGE,3,2010-12-01 08:45:00,18,12583,France", "postage")]
    [InlineData("536403,BANK CHARGES,Bank Charges,1,2010-12-01 10:00:00,15,,UK", "fee")]
    [InlineData("A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,11062.06,,UK", "bad debt")]
    [InlineData("536414,gift_0001_40,Voucher,1,2010-12-01 10:00:00,34.04,,UK", "voucher")]
    [InlineData("536414,WHAT,?,1,2010-12-01 10:00:00,1,,UK", "unknown form")]
    [InlineData("536589,21777,,-10,2010-12-01 16:50:00,0,,UK", "stock correction")]
    [InlineData("536414,22139,,56,2010-12-01 11:52:00,0,,UK", "no price")]
    [InlineData("536414,22139,X,many,2010-12-01 11:52:00,1,,UK", "Quantity")]
    [InlineData("536414,22139,X,1,yesterday,1,,UK", "InvoiceDate")]
    [InlineData("536414,22139,X,1,2010-12-01 11:52:00,NaN,,UK", "UnitPrice")]
    [InlineData("536414,22139,X,1,2010-12-01 11:52:00,-1,,UK", "UnitPrice")]
    [InlineData("536414,22139,X,1", "malformed")]
    [InlineData("536414,22139,X \uFFFD,1,2010-12-01 11:52:00,1,,UK", "UTF-8")]
    public async Task What_is_no_sale_is_reported_under_its_reason_with_the_line(string line, string reason)
    {
        ImportSummary summary = await SummaryAsync(line);

        (string kind, (long count, IReadOnlyList<string> examples)) = Assert.Single(summary.Rejected);
        Assert.Contains(reason, kind, StringComparison.Ordinal);
        Assert.Equal(1, count);
        Assert.StartsWith("line 2: ", Assert.Single(examples), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_product_has_its_latest_description_that_is_not_empty_and_its_latest_price()
    {
        Product product = Assert.Single((await ReadAsync(
            "1,22139,OLD NAME,1,2010-12-01 08:00:00,1.00,1,UK",
            "2,22139,NEW NAME,1,2010-12-03 08:00:00,1.50,1,UK",
            "3,22139,,1,2010-12-04 08:00:00,1.75,1,UK",
            "C4,22139,RETURNED,-1,2010-12-02 08:00:00,9.00,1,UK")).Products);

        Assert.Equal("NEW NAME", product.Title);
        Assert.Equal(175, product.PriceMinor);
    }

    [Fact]
    public async Task Equal_lines_of_one_invoice_have_different_ids_and_the_same_on_a_second_import()
    {
        string[] lines = ["1,22139,A,1,2010-12-01 08:00:00,1,1,UK", "1,22139,A,1,2010-12-01 08:00:00,1,1,UK"];

        string[] first = [.. (await ReadAsync(lines)).Events.Select(happened => happened.Id.Value)];
        string[] second = [.. (await ReadAsync(lines)).Events.Select(happened => happened.Id.Value)];

        Assert.Equal(2, first.Distinct().Count());
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Another_file_is_refused_with_the_columns_it_lacks()
    {
        DatasetFormatException refused = await Assert.ThrowsAsync<DatasetFormatException>(() => ImportedText.ReadAsync(new UciOnlineRetailImporter(), "user_id,item_id\n1,2\n"));
        Assert.Contains("InvoiceNo", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<ImportedEvent> EventAsync(string line) => Assert.Single((await ReadAsync(line)).Events);

    private static async Task<ImportSummary> SummaryAsync(params string[] lines) => (await ReadAsync(lines)).Summary;

    private static Task<ImportedText> ReadAsync(params string[] lines) =>
        ImportedText.ReadAsync(new UciOnlineRetailImporter(), Header + string.Join('\n', lines) + "\n");
}
