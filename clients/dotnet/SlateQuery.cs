namespace Aisle.Client;

/// <summary>What one slate is to be. Everything that is left out takes the shop's default.</summary>
public sealed record SlateQuery
{
    /// <summary>The shop's own id of the shopper; null for a stranger.</summary>
    public string? UserId { get; init; }

    /// <summary>The visitor's first id, by which experiments assign.</summary>
    public string? AssignmentId { get; init; }

    /// <summary>The shelf; <see cref="Surface.Home"/> by default.</summary>
    public Surface? Surface { get; init; }

    /// <summary>How many products, 1 to 100; 10 by default.</summary>
    public int? Limit { get; init; }

    /// <summary>The product that is looked at; needed by <see cref="Surface.Similar"/> and <see cref="Surface.BoughtTogether"/>.</summary>
    public string? ProductId { get; init; }

    /// <summary>The products in the cart; needed by <see cref="Surface.Cart"/>.</summary>
    public IReadOnlyList<string>? Cart { get; init; }

    /// <summary>Products that are not to be shown.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>Only these categories.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>None of these categories.</summary>
    public IReadOnlyList<string>? ExcludeCategories { get; init; }

    /// <summary>Only these brands.</summary>
    public IReadOnlyList<string>? Brands { get; init; }

    /// <summary>None of these brands.</summary>
    public IReadOnlyList<string>? ExcludeBrands { get; init; }

    /// <summary>Only products with one of these tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>No product with one of these tags.</summary>
    public IReadOnlyList<string>? ExcludeTags { get; init; }

    /// <summary>Categories whose products may be shown although they were bought.</summary>
    public IReadOnlyList<string>? RepeatCategories { get; init; }

    /// <summary>The least price, in the shop's currency.</summary>
    public decimal? MinPrice { get; init; }

    /// <summary>The highest price, in the shop's currency.</summary>
    public decimal? MaxPrice { get; init; }

    /// <summary>The least price as a share of the price of <see cref="ProductId"/>.</summary>
    public decimal? MinPriceRatio { get; init; }

    /// <summary>The highest price as a share of the price of <see cref="ProductId"/>.</summary>
    public decimal? MaxPriceRatio { get; init; }

    /// <summary>The most products of one category.</summary>
    public int? MaxPerCategory { get; init; }

    /// <summary>The most products of one brand.</summary>
    public int? MaxPerBrand { get; init; }

    /// <summary>The least number of products of a category, as <c>Kitchen:2</c>.</summary>
    public IReadOnlyList<string>? MinPerCategory { get; init; }

    /// <summary>The least number of products of a brand, as <c>Acme:1</c>.</summary>
    public IReadOnlyList<string>? MinPerBrand { get; init; }

    /// <summary>Whether only what can be bought is shown; true by default.</summary>
    public bool? InStockOnly { get; init; }

    /// <summary>Whether what the shopper bought may be shown; false by default.</summary>
    public bool? ShowPurchased { get; init; }

    /// <summary>Whether the shopper agreed to personalisation; true by default. Without it nothing is written.</summary>
    public bool? Consent { get; init; }

    /// <summary>What the shop knows of a stranger.</summary>
    public string? AgeBracket { get; init; }

    /// <summary>What the shop knows of a stranger.</summary>
    public string? Location { get; init; }

    /// <summary>What the shop knows of a stranger.</summary>
    public string? DeviceType { get; init; }

    /// <summary>How long the slate may take, milliseconds, 1 to 10,000.</summary>
    public int? BudgetMs { get; init; }

    /// <summary>Whether the slate is only looked at: then it is not logged and counts as no exposure. False by default.</summary>
    public bool? Preview { get; init; }
}
