namespace Aisle.Client;

/// <summary>A list that the caller brings, such as search results, to be put into the shopper's order.</summary>
public sealed record RerankQuery
{
    /// <summary>The shop's own id of the shopper; null for a stranger.</summary>
    public string? UserId { get; init; }

    /// <summary>The list, 1 to 1,000 products.</summary>
    public required IReadOnlyList<string> ProductIds { get; init; }

    /// <summary>Whether the shopper agreed to personalisation; true by default.</summary>
    public bool? Consent { get; init; }

    /// <summary>Whether only what can be bought is shown; true by default.</summary>
    public bool? InStockOnly { get; init; }

    /// <summary>How long it may take, milliseconds, 1 to 10,000.</summary>
    public int? BudgetMs { get; init; }
}
