using Aisle.Candidates.Hybrid;

namespace Aisle.Candidates.Shoppers;

/// <summary>Decides by which tier a shopper's list is made.</summary>
public static class StrategyRouter
{
    /// <summary>The tier of a shopper.</summary>
    /// <param name="distinctProducts">Distinct products touched in the window, not negative.</param>
    /// <param name="hasFactor">Whether a factor vector can be had: some touched product has item factors.</param>
    /// <param name="options">The thresholds; by default 0 / 1–2 / 3–5 / 6 and more.</param>
    public static Strategy Route(int distinctProducts, bool hasFactor, HybridOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(distinctProducts);
        return distinctProducts switch
        {
            0 => Strategy.PopularityCohort,
            _ when distinctProducts < options.NeighboursFrom => Strategy.ContentOnly,
            _ when distinctProducts < options.FullHybridFrom || !hasFactor => Strategy.ContentPlusNeighbours,
            _ => Strategy.FullHybrid,
        };
    }
}
