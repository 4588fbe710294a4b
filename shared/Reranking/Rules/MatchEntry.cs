using Aisle.Events;

namespace Aisle.Reranking.Rules;

/// <summary>A match as written.</summary>
internal sealed record MatchEntry
{
    /// <summary>Product ids.</summary>
    public List<string>? Products { get; init; }

    /// <summary>Categories or subcategories.</summary>
    public List<string>? Categories { get; init; }

    /// <summary>Brands.</summary>
    public List<string>? Brands { get; init; }

    /// <summary>Tags.</summary>
    public List<string>? Tags { get; init; }

    /// <summary>Least price, minor units.</summary>
    public long? MinPriceMinor { get; init; }

    /// <summary>Highest price, minor units.</summary>
    public long? MaxPriceMinor { get; init; }

    /// <summary>The entry of a match.</summary>
    public static MatchEntry Of(ProductMatch match) => new()
    {
        Products = match.Products.Count == 0 ? null : [.. match.Products.Select(product => product.Value)],
        Categories = match.Categories.Count == 0 ? null : [.. match.Categories],
        Brands = match.Brands.Count == 0 ? null : [.. match.Brands],
        Tags = match.Tags.Count == 0 ? null : [.. match.Tags],
        MinPriceMinor = match.MinPriceMinor,
        MaxPriceMinor = match.MaxPriceMinor,
    };

    /// <summary>The match of an entry whose product ids are valid.</summary>
    public ProductMatch ToMatch() => new()
    {
        Products = [.. (Products ?? []).Select(product => new ProductId(product))],
        Categories = Categories ?? [],
        Brands = Brands ?? [],
        Tags = Tags ?? [],
        MinPriceMinor = MinPriceMinor,
        MaxPriceMinor = MaxPriceMinor,
    };
}
