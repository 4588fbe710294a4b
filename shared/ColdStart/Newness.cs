using Aisle.Catalogue;

namespace Aisle.ColdStart;

/// <summary>How new a product is, and what that is worth.</summary>
public static class Newness
{
    /// <summary>Whether the product is in its first days.</summary>
    /// <returns>False for a product without a creation date, and for one that is announced for a later day.</returns>
    public static bool IsNew(Product product, DateTimeOffset now, NewProductOptions options) => Age(product, now) is { } age
        && age >= TimeSpan.Zero && age < options.Newness;

    /// <summary>What the score of a product is multiplied by: 1 + b·(1 − age / newness) in its first days, else 1.</summary>
    /// <returns>In [1, 1 + b]; exactly 1 from the last day on.</returns>
    public static float ScoreFactor(Product product, DateTimeOffset now, NewProductOptions options) => IsNew(product, now, options)
        ? (float)(1 + (options.Bonus * (1 - (Age(product, now)!.Value / options.Newness))))
        : 1;

    /// <summary>Time since the start, UTC, of the day on which the shop began to sell it; null when that is unknown.</summary>
    private static TimeSpan? Age(Product product, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(product);
        return product.CreatedDate is { } day ? now - new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null;
    }
}
