using Aisle.Reranking;

namespace Aisle.ScoreUser.Requests;

/// <summary>What may be shown beside a product, by its price: from 0.85 to 1.5 times it, for example.</summary>
/// <param name="Least">At least this many times the product's price; null for any.</param>
/// <param name="Most">At most this many times; null for any.</param>
public sealed record PriceBand(decimal? Least, decimal? Most)
{
    /// <summary>The filter with the band's bounds, where they are narrower than its own.</summary>
    /// <param name="filter">What the request allows.</param>
    /// <param name="priceMinor">The product's price now, minor units.</param>
    public SlateFilter Narrow(SlateFilter filter, long priceMinor)
    {
        ArgumentNullException.ThrowIfNull(filter);
        long? least = Least is { } low ? (long)decimal.Ceiling(low * priceMinor) : null;
        long? most = Most is { } high ? (long)decimal.Floor(high * priceMinor) : null;
        return filter with { MinPriceMinor = Narrower(filter.MinPriceMinor, least, Math.Max), MaxPriceMinor = Narrower(filter.MaxPriceMinor, most, Math.Min) };
    }

    private static long? Narrower(long? own, long? other, Func<long, long, long> choose) =>
        own is { } first && other is { } second ? choose(first, second) : own ?? other;
}
