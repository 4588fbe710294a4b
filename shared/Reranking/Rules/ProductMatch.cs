using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.Reranking.Rules;

/// <summary>Which products a rule is about. Each part that is set narrows it; within a part one hit is enough;
/// nothing set means all products.</summary>
public sealed record ProductMatch
{
    /// <summary>Only these products; empty for any.</summary>
    public IReadOnlyList<ProductId> Products { get; init; } = [];

    /// <summary>Only these categories or subcategories; empty for any.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Only these brands; empty for any.</summary>
    public IReadOnlyList<string> Brands { get; init; } = [];

    /// <summary>Only products with one of these tags; empty for any.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>At least this price, minor units; null for any.</summary>
    public long? MinPriceMinor { get; init; }

    /// <summary>At most this price, minor units; null for any.</summary>
    public long? MaxPriceMinor { get; init; }

    /// <summary>Whether it matches every product.</summary>
    public bool IsEverything => Products.Count + Categories.Count + Brands.Count + Tags.Count == 0 && MinPriceMinor is null && MaxPriceMinor is null;

    /// <summary>Whether a product is meant.</summary>
    public bool Matches(Product product)
    {
        ArgumentNullException.ThrowIfNull(product);
        return (Products.Count == 0 || Products.Contains(product.Id))
            && (Categories.Count == 0 || Names(Categories, product.Category) || Names(Categories, product.Subcategory))
            && (Brands.Count == 0 || Names(Brands, product.Brand))
            && (Tags.Count == 0 || product.Tags.Any(Tags.Contains))
            && (MinPriceMinor is null || product.PriceMinor >= MinPriceMinor)
            && (MaxPriceMinor is null || product.PriceMinor <= MaxPriceMinor);
    }

    private static bool Names(IReadOnlyList<string> wanted, string? name) => name is not null && wanted.Contains(name);
}
