using Aisle.Catalogue;
using Aisle.Local.Import;
using Aisle.Local.Import.ShopExports;

namespace Aisle.Local.Tests.Import.ShopExports;

public sealed class MerchantCenterImporterTests
{
    private const string Header = "id\ttitle\tdescription\tlink\timage_link\tavailability\tprice\tsale_price\tbrand\tgoogle_product_category\tproduct_type\tcolor\n";

    private const string Rss =
        """
        <?xml version="1.0"?>
        <rss xmlns:g="http://base.google.com/ns/1.0" version="2.0">
          <channel>
            <title>Shop</title>
            <item>
              <g:id>A1</g:id><g:title>Oak &amp; ash bench</g:title><g:description><![CDATA[For <two>.]]></g:description>
              <g:availability>in_stock</g:availability><g:price>129.00 EUR</g:price><g:product_type>Garden &gt; Furniture &gt; Benches</g:product_type><g:brand>Hedgerow</g:brand>
            </item>
            <item><g:id>A2</g:id><g:title>Gone</g:title><g:availability>out of stock</g:availability><g:price>5 EUR</g:price></item>
          </channel>
        </rss>
        """;

    [Fact]
    public async Task A_line_of_a_tab_separated_feed_is_a_product()
    {
        Product product = Assert.Single((await ReadAsync(
            Header + "A1\tOak bench\tFor two.\thttps://shop.example/a1\thttps://shop.example/a1.jpg\tin stock\t129.00 EUR\t99.50 "
                + "EUR\tHedgerow\t536\tGarden > Furniture > Benches\toak\n")).Listed);

        Assert.Equal(
            ("A1", "Oak bench", "Garden", "Benches", "Hedgerow", 9950L, "EUR", true),
            (product.Id.Value, product.Title, product.Category, product.Subcategory, product.Brand, product.PriceMinor, product.Currency, product.InStock));
        Assert.Equal(["oak"], product.Tags);
    }

    [Fact]
    public async Task An_rss_feed_gives_the_same()
    {
        IReadOnlyList<Product> products = (await ReadAsync(Rss)).Listed;

        Assert.Equal(("Oak & ash bench", "For <two>.", "Garden", 12900L), (products[0].Title, products[0].Description, products[0].Category, products[0].PriceMinor));
        Assert.False(products[1].InStock);
    }

    [Theory]
    [InlineData("A1\tx\t\t\t\tin_stock\ttwelve\t\t\t\t\t\n", "price")]
    [InlineData("A1\tx\t\t\t\tin_stock\t12,50 EUR\t\t\t\t\t\n", "price")]
    [InlineData("A1\tx\t\t\t\tin_stock\t12.50\t\t\t\t\t\n", "currency")]
    [InlineData("A1\tx\t\t\t\tsoon\t12.50 EUR\t\t\t\t\t\n", "availability")]
    [InlineData("\tx\t\t\t\tin_stock\t12.50 EUR\t\t\t\t\t\n", "product_id")]
    public async Task A_bad_line_is_left_out_with_field_and_remedy_and_keeps_its_product(string line, string field)
    {
        ImportedRow.Rejected rejected = Assert.Single((await ReadAsync(Header + line)).Rejected);

        Assert.Contains(field, rejected.Detail, StringComparison.Ordinal);
        Assert.Equal(line.StartsWith('A') ? "A1" : null, rejected.Product?.Value);
        Assert.Equal(2, rejected.Line);
    }

    [Fact]
    public async Task A_feed_that_breaks_off_names_the_line()
    {
        DatasetFormatException broken = await Assert.ThrowsAsync<DatasetFormatException>(() => ReadAsync(Rss[..^40]));

        Assert.Contains("line ", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_names_files_of_this_machine_is_refused()
    {
        string attack = Rss.Replace("<rss ", "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><rss ", StringComparison.Ordinal);

        await Assert.ThrowsAsync<DatasetFormatException>(() => ReadAsync(attack));
    }

    private static Task<ImportedText> ReadAsync(string text) => ImportedText.ReadAsync(new MerchantCenterImporter(), text);
}
