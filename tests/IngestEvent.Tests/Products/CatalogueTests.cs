using System.Text.Json;
using Aisle.Catalogue;
using Aisle.Testing;

namespace Aisle.IngestEvent.Tests.Products;

public sealed class CatalogueTests : IDisposable
{
    private const string Spade = """{"product_id":"p1","title":"Spade","category":"Garden","price":12.5,"currency":"EUR","tags":["steel"],"created_date":"2026-01-10"}""";

    private readonly World _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_product_is_put_and_its_price_and_stock_reach_the_overlay()
    {
        (int status, _) = await SendAsync("PUT", "/v1/products", $$"""{"products":[{{Spade}}]}""");

        Assert.Equal(200, status);
        Product product = (await _world.Catalogue.FindAsync(Some.ProductId("p1"), Token))!;
        Assert.Equal((1250L, "EUR", "steel"), (product.PriceMinor, product.Currency, product.Tags[0]));
        Assert.Equal(1250, Assert.Single(await _world.Overlay.ReadSinceAsync(0, Token)).PriceMinor);
    }

    [Fact]
    public async Task A_patch_changes_stock_and_price_alone()
    {
        await SendAsync("PUT", "/v1/products", Spade);
        (int status, JsonElement body) = await SendAsync("PATCH", "/v1/products/p1", """{"in_stock":false,"price":9.99,"currency":"EUR"}""");

        Assert.Equal(200, status);
        Assert.Equal("""{"product_id":"p1","in_stock":false,"price":9.99,"currency":"EUR"}""", body.GetRawText());
        Assert.Equal("Spade", (await _world.Catalogue.FindAsync(Some.ProductId("p1"), Token))!.Title);
        Assert.False((await _world.Overlay.ReadSinceAsync(0, Token))[^1].InStock);
    }

    [Fact]
    public async Task Of_changes_that_come_at_once_none_is_lost_in_catalogue_overlay_or_history()
    {
        await SendAsync("PUT", "/v1/products", Spade);
        int reads = 0;
        _world.Catalogue.BeforeFindMany = _ => ++reads == 1 ? SendAsync("PATCH", "/v1/products/p1", """{"price":9,"currency":"EUR"}""") : Task.CompletedTask;

        await SendAsync("PATCH", "/v1/products/p1", """{"in_stock":false}"""); // the other comes before this one is through

        Product product = (await _world.Catalogue.FindAsync(Some.ProductId("p1"), Token))!;
        Assert.Equal((900L, false), (product.PriceMinor, product.InStock));
        Availability shown = (await _world.Overlay.ReadSinceAsync(0, Token))[^1];
        Assert.Equal((900L, false), (shown.PriceMinor, shown.InStock));
        PriceChange latest = (await _world.Prices.ReadAsync(Some.ProductId("p1"), Token))[^1];
        Assert.Equal((900L, false), (latest.PriceMinor, latest.InStock));
    }

    [Fact]
    public async Task A_change_of_a_product_that_leaves_meanwhile_does_not_bring_it_back()
    {
        await SendAsync("PUT", "/v1/products", Spade);
        int reads = 0;
        _world.Catalogue.BeforeFindMany = async _ =>
        {
            if (++reads == 1)
            {
                await SendAsync("DELETE", "/v1/products/p1", "");
                await _world.Overlay.RecordAsync([new Availability(Some.ProductId("p1"), 0, true, 900, "EUR", false)], Token); // ours came last
            }
        };

        await SendAsync("PATCH", "/v1/products/p1", """{"price":9,"currency":"EUR"}""");

        Assert.True((await _world.Overlay.ReadSinceAsync(0, Token))[^1].Deleted);
    }

    [Fact]
    public async Task A_deleted_product_leaves_the_catalogue_and_is_marked_in_the_overlay()
    {
        await SendAsync("PUT", "/v1/products", Spade);

        Assert.Equal(204, (await SendAsync("DELETE", "/v1/products/p1", "")).Status);
        Assert.Equal(404, (await SendAsync("DELETE", "/v1/products/p1", "")).Status);
        Assert.True((await _world.Overlay.ReadSinceAsync(0, Token))[^1].Deleted);
    }

    [Theory]
    [InlineData("""{"title":"x"}""", "products[0].product_id")]
    [InlineData("""{"product_id":"p"}""", "products[0].title")]
    [InlineData("""{"product_id":"p","title":"x","price":-1,"currency":"EUR"}""", "products[0].price")]
    [InlineData("""{"product_id":"p","title":"x","price":1}""", "products[0].price")]
    [InlineData("""{"product_id":"p","title":"x","currency":"€"}""", "products[0].currency")]
    [InlineData("""{"product_id":"p","title":"x","tags":[1]}""", "products[0].tags")]
    [InlineData("""{"product_id":"p","title":"x","created_date":"15.1.2026"}""", "products[0].created_date")]
    [InlineData("""{"product_id":"p","title":"x","in_stock":"yes"}""", "products[0].in_stock")]
    [InlineData("""{"product_id":"p","title":"x","price":9.999,"currency":"EUR"}""", "products[0].price")]
    [InlineData("""{"product_id":"p","title":"x","price":9.5,"currency":"JPY"}""", "products[0].price")]
    [InlineData("""{"product_id":"p","title":"x","price_minor":950,"currency":"EUR"}""", "products[0].price_minor")]
    [InlineData("""{"product_id":"p","title":"x","title":"y"}""", "products[0].title")]
    [InlineData("""{"product_id":"p","title":"x"},{"product_id":"p","title":"y"}""", "products[1].product_id")]
    public async Task A_product_with_a_fault_is_refused_with_the_field(string product, string field)
    {
        (int status, JsonElement problem) = await SendAsync("PUT", "/v1/products", $$"""{"products":[{{product}}]}""");

        Assert.Equal(400, status);
        Assert.Equal(field, problem.GetProperty("problems")[0].GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("""{"products":[],"dry_run":true}""", "dry_run")]
    [InlineData("""{"products":[]}""", "products")]
    [InlineData("""{"products":{}}""", "products")]
    [InlineData("[]", "products[0]")]
    public async Task A_body_that_is_no_list_of_products_is_refused_with_the_field(string body, string field)
    {
        (int status, JsonElement problem) = await SendAsync("PUT", "/v1/products", body);

        Assert.Equal(400, status);
        Assert.Equal(field, problem.GetProperty("problems")[0].GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("12.50", "EUR", 1250)]
    [InlineData("12.500", "EUR", 1250)]
    [InlineData("1.234", "KWD", 1234)]
    [InlineData("1250.0", "JPY", 1250)]
    public async Task A_price_may_have_the_decimals_of_its_currency(string price, string currency, long minor)
    {
        await SendAsync("PUT", "/v1/products", $$"""{"product_id":"p1","title":"x","price":{{price}},"currency":"{{currency}}"}""");

        Assert.Equal(minor, (await _world.Catalogue.FindAsync(Some.ProductId("p1"), Token))!.PriceMinor);
    }

    [Theory]
    [InlineData("""{"price":9.999,"currency":"EUR"}""", "price")]
    [InlineData("""{"in_stock":true,"title":"Shovel"}""", "title")]
    [InlineData("""{"in_stock":true,"in_stock":false}""", "in_stock")]
    [InlineData("[]", "body")]
    public async Task A_change_with_a_fault_is_refused_with_the_field_and_changes_nothing(string change, string field)
    {
        await SendAsync("PUT", "/v1/products", Spade);

        (int status, JsonElement problem) = await SendAsync("PATCH", "/v1/products/p1", change);

        Assert.Equal(400, status);
        Assert.Equal(field, problem.GetProperty("problems")[0].GetProperty("field").GetString());
        Assert.Equal(1250, (await _world.Catalogue.FindAsync(Some.ProductId("p1"), Token))!.PriceMinor);
    }

    [Theory]
    [InlineData("EURO", "no ISO 4217 code")]
    [InlineData("XQZ", "XQZ is no currency of ISO 4217")]
    public async Task All_problems_of_a_product_come_together(string currency, string problem)
    {
        JsonElement answer = (await SendAsync("PUT", "/v1/products", $$"""{"product_id":"p","title":"x","price":-3,"currency":"{{currency}}"}""")).Body;

        Assert.Equal(
            [("products[0].currency", problem), ("products[0].price", "negative")],
            answer.GetProperty("problems").EnumerateArray().Select(one => (one.GetProperty("field").GetString(), one.GetProperty("problem").GetString())));
    }

    [Theory]
    [InlineData("/v1/products/p1", "{}", 400)]
    [InlineData("/v1/products/unknown", """{"in_stock":true}""", 404)]
    public async Task An_empty_or_unknown_patch_is_refused(string path, string body, int expected) =>
        Assert.Equal(expected, (await SendAsync("PATCH", path, body)).Status);

    private Task<(int Status, JsonElement Body)> SendAsync(string method, string path, string body) =>
        World.SendAsync(_world.Collect, method, path, body, World.OperatorKey);
}
