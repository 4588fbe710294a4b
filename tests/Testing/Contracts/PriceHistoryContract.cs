using Aisle.Catalogue;
using Aisle.Ports;

namespace Aisle.Testing.Contracts;

/// <summary>What every history of prices promises.</summary>
public abstract class PriceHistoryContract
{
    protected abstract Task<IPriceHistory> CreateAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_are_read_oldest_first_and_by_product()
    {
        IPriceHistory history = await CreateAsync();
        await history.RecordAsync([Change(2, 300), Change(1, 200), Change(1, 900, "other")], Token);
        await history.RecordAsync([Change(3, null)], Token);

        Assert.Equal([Change(1, 200), Change(2, 300), Change(3, null)], await history.ReadAsync(Some.ProductId(), Token));
    }

    [Fact]
    public async Task A_price_that_stays_is_one_change_whatever_is_repeated()
    {
        IPriceHistory history = await CreateAsync();
        await history.RecordAsync([Change(1, 200)], Token);
        await history.RecordAsync([Change(1, 200)], Token);
        await history.RecordAsync([Change(2, 200)], Token);

        Assert.Equal([Change(1, 200)], await history.ReadAsync(Some.ProductId(), Token));
    }

    [Fact]
    public async Task Leaving_stock_is_a_change()
    {
        IPriceHistory history = await CreateAsync();
        await history.RecordAsync([Change(1, 200)], Token);
        await history.RecordAsync([Change(2, 200) with { InStock = false }], Token);
        await history.RecordAsync([Change(3, 200)], Token);

        Assert.Equal([true, false, true], (await history.ReadAsync(Some.ProductId(), Token)).Select(change => change.InStock));
    }

    [Fact]
    public async Task A_product_that_nobody_knows_has_no_history() =>
        Assert.Empty(await (await CreateAsync()).ReadAsync(Some.ProductId("never"), Token));

    private static PriceChange Change(int hour, long? price, string product = "product-1") =>
        new(Some.ProductId(product), Some.Instant.AddHours(hour), price, price is null ? null : "EUR", InStock: true);
}
