namespace Aisle.Catalogue;

/// <summary>A product as a shop's system or a feed gives it, before any rule.</summary>
public sealed record RawProduct
{
    /// <summary>The shop's own id.</summary>
    public string? ProductId { get; init; }

    /// <summary>The name shown to shoppers.</summary>
    public string? Title { get; init; }

    /// <summary>The top level of the shop's tree.</summary>
    public string? Category { get; init; }

    /// <summary>The level below.</summary>
    public string? Subcategory { get; init; }

    /// <summary>The maker's name.</summary>
    public string? Brand { get; init; }

    /// <summary>The price in whole units of the currency.</summary>
    public decimal? Price { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }

    /// <summary>Free text.</summary>
    public string? Description { get; init; }

    /// <summary>Free labels.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The day the shop began to sell it.</summary>
    public DateOnly? CreatedDate { get; init; }

    /// <summary>Where its picture is.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>Whether it can be bought now; null counts as yes.</summary>
    public bool? InStock { get; init; }
}
