using Aisle.Catalogue;
using Aisle.Ports;

namespace Aisle.Testing.Contracts;

/// <summary>What every availability overlay promises.</summary>
public abstract class AvailabilityOverlayContract
{
    protected abstract Task<IAvailabilityOverlay> CreateAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_gets_what_is_newer_than_it_knows_and_each_product_once()
    {
        IAvailabilityOverlay overlay = await CreateAsync();
        await overlay.RecordAsync([Change("a", inStock: false), Change("b", inStock: true)], Token);
        long known = (await overlay.ReadSinceAsync(0, Token))[^1].Version;

        await overlay.RecordAsync([Change("a", inStock: true), Change("c", inStock: false)], Token);
        IReadOnlyList<Availability> news = await overlay.ReadSinceAsync(known, Token);

        Assert.Equal(["a", "c"], news.Select(change => change.Product.Value));
        Assert.True(news[0].InStock);
        Assert.True(news[0].Version > known && news[1].Version > news[0].Version);
    }

    [Fact]
    public async Task A_change_comes_back_as_it_was_recorded()
    {
        IAvailabilityOverlay overlay = await CreateAsync();
        Availability change = new(Some.ProductId(), 0, InStock: false, PriceMinor: 999, Currency: "EUR", Deleted: true);

        await overlay.RecordAsync([change], Token);

        Availability read = Assert.Single(await overlay.ReadSinceAsync(0, Token));
        Assert.Equal(change with { Version = read.Version }, read);
    }

    private static Availability Change(string product, bool inStock) => new(Some.ProductId(product), 0, inStock, null, null, Deleted: false);
}
