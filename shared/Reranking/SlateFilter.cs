using Aisle.Events;

namespace Aisle.Reranking;

/// <summary>What may be shown to one request. Everything that is not set filters nothing.</summary>
public sealed record SlateFilter
{
    private static readonly IReadOnlySet<ProductId> NoProducts = new HashSet<ProductId>();
    private static readonly IReadOnlySet<string> NoNames = new HashSet<string>();

    /// <summary>Whether only what can be bought now is shown; default true.</summary>
    public bool InStockOnly { get; init; } = true;

    /// <summary>Products blocked by merchandisers.</summary>
    public IReadOnlySet<ProductId> Blocked { get; init; } = NoProducts;

    /// <summary>Products that the shopper looks at or has in the cart.</summary>
    public IReadOnlySet<ProductId> InContext { get; init; } = NoProducts;

    /// <summary>Products that the caller does not want.</summary>
    public IReadOnlySet<ProductId> Excluded { get; init; } = NoProducts;

    /// <summary>Products that the shopper bought.</summary>
    public IReadOnlySet<ProductId> Purchased { get; init; } = NoProducts;

    /// <summary>Categories whose products are bought again and again: there, <see cref="Purchased"/> filters nothing.</summary>
    public IReadOnlySet<string> RepeatPurchaseCategories { get; init; } = NoNames;

    /// <summary>Only these categories or subcategories; empty for all.</summary>
    public IReadOnlySet<string> Categories { get; init; } = NoNames;

    /// <summary>None of these categories or subcategories.</summary>
    public IReadOnlySet<string> ExcludedCategories { get; init; } = NoNames;

    /// <summary>Only these brands; empty for all.</summary>
    public IReadOnlySet<string> Brands { get; init; } = NoNames;

    /// <summary>None of these brands.</summary>
    public IReadOnlySet<string> ExcludedBrands { get; init; } = NoNames;

    /// <summary>Only products with one of these tags; empty for all.</summary>
    public IReadOnlySet<string> Tags { get; init; } = NoNames;

    /// <summary>No product with one of these tags.</summary>
    public IReadOnlySet<string> ExcludedTags { get; init; } = NoNames;

    /// <summary>The least price, minor units; null for none.</summary>
    public long? MinPriceMinor { get; init; }

    /// <summary>The highest price, minor units; null for none.</summary>
    public long? MaxPriceMinor { get; init; }
}
