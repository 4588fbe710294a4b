using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aisle.Client;
using Aisle.Host.Tests.OpenApi;
using Aisle.Http;

namespace Aisle.Host.Tests.Clients;

/// <summary>The typed client against a running host.</summary>
[Collection(ShopTests.Name)]
public sealed class AisleClientTests(ShopFixture shop) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = shop.Url };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AisleClient Aisle => new(_http, new AisleKeys
    {
        Storefront = shop.KeyOf(ApiRole.Storefront),
        Collector = shop.KeyOf(ApiRole.Collector),
        Operator = shop.KeyOf(ApiRole.Operator),
    });

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_slate_comes_back_with_every_field()
    {
        Slate slate = await Aisle.GetSlateAsync(new SlateQuery { UserId = "shopper-00001", Limit = 4 }, Token);

        Assert.Equal("home", slate.Surface);
        Assert.Equal([1, 2, 3, 4], slate.Items.Select(item => item.Rank));
        Assert.All(slate.Items, item => Assert.True(item.Propensity is > 0 and <= 1 && item.Reason.Text.Length > 0 && item.Price > 0 && item.Currency is not null));
        Assert.True(slate.Freshness.ModelAgeSeconds >= 0);
        Assert.NotNull(slate.ModelVersion);
    }

    [Fact]
    public async Task A_page_has_no_product_twice_and_a_list_is_ranked()
    {
        IReadOnlyList<Slate> page = await Aisle.GetPageAsync(
            new PageQuery { UserId = "shopper-00001", Slates = [new SlateQuery { Limit = 5 }, new SlateQuery { Surface = Surface.Trending, Limit = 5 }] }, Token);
        string[] shown = [.. page.SelectMany(slate => slate.Items).Select(item => item.ProductId)];

        Slate ranked = await Aisle.RerankAsync(new RerankQuery { UserId = "shopper-00001", ProductIds = shown }, Token);

        Assert.Equal(["home", "trending"], page.Select(slate => slate.Surface));
        Assert.Equal(shown.Length, shown.Distinct().Count());
        Assert.Equal(shown.Order(), ranked.Items.Select(item => item.ProductId).Order());
    }

    [Fact]
    public async Task Filters_are_sent_as_they_are_meant()
    {
        SlateQuery query = new() { UserId = "shopper-00001", MaxPrice = 60, MinPrice = 5, MaxPerBrand = 2, InStockOnly = true, Limit = 8 };

        Slate slate = await Aisle.GetSlateAsync(query, Token);

        Assert.All(slate.Items, item => Assert.InRange(item.Price!.Value, 5, 60));
        Assert.All(slate.Items.GroupBy(item => item.Brand), brand => Assert.InRange(brand.Count(), 1, 2));
    }

    [Fact]
    public async Task Events_are_taken_and_bad_ones_named()
    {
        DateTimeOffset now = DateTimeOffset.Parse(await shop.NowAsync(Token), null);
        ShopEvent view = new() { EventId = "client-1", UserId = "shopper-00003", Type = ShopEventType.View, Timestamp = now, ProductId = "P00001" };

        Receipt receipt = await Aisle.SendAsync([view, view with { EventId = "client-2", Type = ShopEventType.AddToCart, ProductId = null }, view], Token);

        Assert.Equal((1, 1), (receipt.Accepted, receipt.Duplicates));
        Assert.Equal("product_id", Assert.Single(Assert.Single(receipt.Rejected).Problems).Field);
    }

    [Fact]
    public async Task A_visitor_is_joined_to_a_user_and_nobody_to_himself()
    {
        await Aisle.JoinAsync("client-visitor", "client-user", Token);

        Assert.Equal("user_id", Assert.Single((await Assert.ThrowsAsync<AisleException>(() => Aisle.JoinAsync("same", "same", Token))).Problems).Field);
    }

    [Fact]
    public async Task The_catalogue_is_kept()
    {
        CatalogueProduct bench = new() { ProductId = "client/bench ü", Title = "Bench", Price = 12.5m, Currency = "EUR", Tags = ["oak"], CreatedDate = new DateOnly(2026, 1, 10) };
        await Aisle.PutProductsAsync([bench], Token);
        await Aisle.ChangeProductAsync(bench.ProductId, new ProductChange { InStock = false }, Token);

        CatalogueProduct? found = await Aisle.FindProductAsync(bench.ProductId, Token);

        Assert.Equal((12.5m, false, "oak"), (found!.Price!.Value, found.InStock!.Value, found.Tags![0]));
        Assert.True(await Aisle.DeleteProductAsync(bench.ProductId, Token));
        Assert.False(await Aisle.DeleteProductAsync(bench.ProductId, Token));
        Assert.Null(await Aisle.FindProductAsync(bench.ProductId, Token));
    }

    [Fact]
    public async Task A_refusal_names_the_field_and_the_remedy()
    {
        AisleException refused = await Assert.ThrowsAsync<AisleException>(() => Aisle.GetSlateAsync(new SlateQuery { Limit = 0 }, Token));

        Assert.Equal((HttpStatusCode.BadRequest, "urn:aisle:problem:invalid_request"), (refused.Status, refused.Type));
        Assert.Equal("limit", Assert.Single(refused.Problems).Field);
        Assert.Contains("whole number from 1 to 100", refused.Message);
        Assert.Equal(32, refused.TraceId!.Length);
    }

    [Fact]
    public async Task A_missing_key_is_said_before_anything_is_sent_and_a_wrong_one_after()
    {
        AisleClient nobody = new(_http, new AisleKeys());
        AisleClient stranger = new(_http, new AisleKeys { Storefront = "not-a-key-0123456789" });

        await Assert.ThrowsAsync<InvalidOperationException>(() => nobody.GetSlateAsync(new SlateQuery(), Token));
        Assert.Equal(HttpStatusCode.Unauthorized, (await Assert.ThrowsAsync<AisleException>(() => stranger.GetSlateAsync(new SlateQuery(), Token))).Status);
    }

    [Theory]
    [InlineData(typeof(SlateQuery), "SlateRequest", "explain")]
    [InlineData(typeof(Slate), "Slate", "trace")]
    [InlineData(typeof(SlateItem), "SlateItem", "")]
    [InlineData(typeof(Freshness), "Freshness", "")]
    [InlineData(typeof(Shortfall), "Shortfall", "")]
    [InlineData(typeof(Reason), "Reason", "")]
    [InlineData(typeof(ShopEvent), "Event", "")]
    [InlineData(typeof(Receipt), "Collected", "")]
    [InlineData(typeof(CatalogueProduct), "Product", "")]
    [InlineData(typeof(ProductChange), "ProductChange", "")]
    public async Task The_client_has_the_fields_that_the_document_describes(Type type, string schema, string leftOut)
    {
        ServedDocument document = await ServedDocument.ReadAsync(shop.Url, Token);

        IEnumerable<string> fields = type.GetProperties().Select(property =>
            property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));

        Assert.Equal(document.PropertiesOf(schema).Where(name => name != leftOut).Order(), fields.Order());
    }
}
