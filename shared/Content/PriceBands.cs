using Aisle.Catalogue;

namespace Aisle.Content;

/// <summary>Cuts the prices of each currency into bands that hold about equally many products, so that cheap and
/// dear are relative to the shop.</summary>
internal sealed class PriceBands
{
    private readonly Dictionary<string, long[]> _upperBounds = new(StringComparer.Ordinal);

    /// <summary>Finds the bands of a catalogue.</summary>
    /// <param name="products">Those without a price are left out.</param>
    /// <param name="bands">How many bands, positive.</param>
    public PriceBands(IReadOnlyList<Product> products, int bands)
    {
        foreach (IGrouping<string, Product> currency in products.Where(p => p is { PriceMinor: not null, Currency: not null }).GroupBy(p => p.Currency!))
        {
            long[] prices = [.. currency.Select(p => p.PriceMinor!.Value).Order()];
            _upperBounds[currency.Key] = [.. Enumerable.Range(1, bands - 1).Select(band => prices[(int)((long)band * prices.Length / bands)])];
        }
    }

    /// <summary>The band of a product as a term, or null when it has no price.</summary>
    public string? TermOf(Product product) =>
        product is { PriceMinor: { } price, Currency: { } currency } && _upperBounds.TryGetValue(currency, out long[]? bounds)
            ? $"price:{currency}:{bounds.Count(bound => price >= bound)}"
            : null;
}
