namespace Aisle.Reranking;

/// <summary>How well a price fits what a shopper usually looks at and buys.</summary>
public static class PriceFit
{
    /// <summary>What a score is multiplied by: 1 at the shopper's own price, down to 1 − <paramref name="bound"/> far away
    /// from it, by the ratio of the two.</summary>
    /// <param name="priceMinor">The product's price, minor units; null when unknown, and then nothing is taken off.</param>
    /// <param name="ownMinor">The shopper's own, minor units, positive.</param>
    /// <param name="bound">The most that is taken off, in 0 … 1.</param>
    /// <returns>1 − bound·(1 − min(p / o, o / p)), in [1 − bound, 1].</returns>
    public static double Factor(long? priceMinor, double ownMinor, double bound)
    {
        if (priceMinor is not { } price)
        {
            return 1;
        }

        double ratio = price <= 0 ? 0 : Math.Min(price / ownMinor, ownMinor / price);
        return 1 - (bound * (1 - ratio));
    }
}
