namespace Aisle.Client;

/// <summary>One product of the catalogue.</summary>
public sealed record CatalogueProduct
{
    /// <summary>The shop's own id.</summary>
    public required string ProductId { get; init; }

    /// <summary>Its name.</summary>
    public string? Title { get; init; }

    /// <summary>Its category.</summary>
    public string? Category { get; init; }

    /// <summary>Its category within the category.</summary>
    public string? Subcategory { get; init; }

    /// <summary>Its brand.</summary>
    public string? Brand { get; init; }

    /// <summary>What it costs.</summary>
    public decimal? Price { get; init; }

    /// <summary>The price's currency, ISO 4217; needed with a price.</summary>
    public string? Currency { get; init; }

    /// <summary>Its text.</summary>
    public string? Description { get; init; }

    /// <summary>Words that describe it.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Since when the shop has it.</summary>
    public DateOnly? CreatedDate { get; init; }

    /// <summary>Its picture.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>Whether it can be bought; true by default.</summary>
    public bool? InStock { get; init; }
}
