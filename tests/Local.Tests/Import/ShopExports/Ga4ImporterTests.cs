using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Local.Import;
using Aisle.Local.Import.ShopExports;

namespace Aisle.Local.Tests.Import.ShopExports;

public sealed class Ga4ImporterTests
{
    internal const string Purchase =
        """{"event_date":"20260115","event_timestamp":"1768478400123456","event_name":"purchase","user_id":"u1","user_pseudo_id":"123.456","event_params":[{"key":"ga_session_id","value":{"int_value":"99"}},{"key":"currency","value":{"string_value":"EUR"}}],"device":{"category":"mobile"},"ecommerce":{"transaction_id":"T1"},"items":[{"item_id":"A","item_name":"Spade","item_brand":"Ælf","item_category":"Garden","price":12.5,"quantity":"2","item_revenue":25.0},{"item_id":"B","item_name":"(not set)","price":"3","quantity":1}]}""";

    [Fact]
    public async Task A_purchase_of_two_items_is_two_order_lines()
    {
        ImportedText read = await ReadAsync(Purchase);

        Assert.Equal([2500L, 300L], read.Events.Select(line => line.RevenueMinor));
        Assert.All(read.Events, line => Assert.Equal(
            ("u1", "123.456", "T1", "mobile", "EUR", "ga4-123.456-99"),
            (line.Shopper, line.Visitor, line.Order?.Value, line.DeviceType, line.Currency, line.Session?.Value)));
        Assert.Equal(new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(123456), read.Events[0].OccurredAt);
        Product spade = read.Products.First();
        Assert.Equal(("Spade", "Garden", "Ælf", 1250L), (spade.Title, spade.Category, spade.Brand, spade.PriceMinor));
        Assert.Null(read.Products.Last().Title);
    }

    [Fact]
    public async Task A_price_beyond_all_sense_leaves_its_item_out_and_no_other()
    {
        ImportedText read = await ReadAsync(Purchase.Replace("12.5,", "79000000000000000000000000000,", StringComparison.Ordinal));

        Assert.Equal("B", Assert.Single(read.Events).Product?.Value);
    }

    [Theory]
    [InlineData("view_item", EventType.View)]
    [InlineData("select_item", EventType.Click)]
    [InlineData("add_to_cart", EventType.AddToCart)]
    [InlineData("remove_from_cart", EventType.RemoveFromCart)]
    [InlineData("refund", EventType.Refund)]
    public async Task Each_event_of_a_shop_has_its_type(string name, EventType type) =>
        Assert.All((await ReadAsync(Purchase.Replace("\"purchase\"", $"\"{name}\"", StringComparison.Ordinal))).Events, happened => Assert.Equal(type, happened.Type));

    [Fact]
    public async Task A_page_view_needs_no_item_and_a_visitor_without_login_is_the_shopper()
    {
        ImportedEvent page = Assert.Single((await ReadAsync(
            """{"event_timestamp":"1768478400123456","event_name":"page_view","user_id":null,"user_pseudo_id":"123.456","event_params":[],"items":[]}""")).Events);

        Assert.Equal((EventType.PageView, "123.456", null, null), (page.Type, page.Shopper, page.Visitor, page.Product?.Value));
    }

    [Theory]
    [InlineData("""{"event_name":"user_engagement","user_pseudo_id":"1","event_timestamp":"1768478400123456"}""", "no event of a shop")]
    [InlineData("""{"event_name":"purchase","user_pseudo_id":"1","event_timestamp":"1768478400123456","items":[]}""", "without items")]
    [InlineData("""{"event_name":"purchase","user_pseudo_id":"1","event_timestamp":"1768478400123456","items":[{"item_id":"A","price":1}]}""", "currency")]
    [InlineData("""{"event_name":"view_item","user_pseudo_id":"1","event_timestamp":"soon","items":[{"item_id":"A"}]}""", "event_timestamp")]
    [InlineData("""{"event_name":"view_item","user_pseudo_id":"1","event_timestamp":"1768478400123456","items":[{}]}""", "product_id")]
    [InlineData("""{"event_name":"view_item","user_pseudo_id":"1"}}""", "not valid JSON")]
    [InlineData("""{"event_name":"view_item","user_pseudo_id":"\ud800"}""", "not valid JSON")]
    public async Task What_cannot_be_used_is_left_out_with_its_reason(string line, string reason) =>
        Assert.Contains(reason, Assert.Single((await ReadAsync(line)).Rejected).Kind, StringComparison.Ordinal);

    [Fact]
    public async Task Importing_twice_gives_the_same_ids() => Assert.Equal(
        (await ReadAsync(Purchase)).Events.Select(line => line.Id), (await ReadAsync(Purchase)).Events.Select(line => line.Id));

    private static Task<ImportedText> ReadAsync(string text) => ImportedText.ReadAsync(new Ga4Importer(), text + "\n");
}
