using Aisle.Events;

namespace Aisle.Catalogue;

/// <summary>What the shop sells: a row of <c>product_catalog</c>.</summary>
public sealed record Product
{
    /// <summary>The shop's own id.</summary>
    public required ProductId Id { get; init; }

    /// <summary>The name shown to shoppers; null when the source has ids only.</summary>
    public string? Title { get; init; }

    /// <summary>The top level of the shop's tree; null when unknown.</summary>
    public string? Category { get; init; }

    /// <summary>The level below; null when unknown.</summary>
    public string? Subcategory { get; init; }

    /// <summary>The maker's name; null when unknown.</summary>
    public string? Brand { get; init; }

    /// <summary>The current price in minor units of <see cref="Currency"/>, at least 0; null when unknown.</summary>
    public long? PriceMinor { get; init; }

    /// <summary>ISO 4217 code; null exactly when there is no price.</summary>
    public string? Currency { get; init; }

    /// <summary>Free text; null when there is none.</summary>
    public string? Description { get; init; }

    /// <summary>Free labels, in the shop's order; empty when there are none.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The day the shop began to sell it; null when unknown, and then it is never "new".</summary>
    public DateOnly? CreatedDate { get; init; }

    /// <summary>Where its picture is; null when there is none.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>Whether it can be bought now. What cannot be bought is never shown.</summary>
    public bool InStock { get; init; } = true;
}
