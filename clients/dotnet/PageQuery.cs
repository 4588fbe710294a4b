namespace Aisle.Client;

/// <summary>Several slates of one page, for one shopper; no product is on the page twice.</summary>
public sealed record PageQuery
{
    /// <summary>The shop's own id of the shopper; null for a stranger.</summary>
    public string? UserId { get; init; }

    /// <summary>The visitor's first id, by which experiments assign.</summary>
    public string? AssignmentId { get; init; }

    /// <summary>Whether the shopper agreed to personalisation; true by default.</summary>
    public bool? Consent { get; init; }

    /// <summary>How long the page may take, milliseconds, 1 to 10,000.</summary>
    public int? BudgetMs { get; init; }

    /// <summary>The slates in the order in which they lie on the page, 1 to 20.</summary>
    public required IReadOnlyList<SlateQuery> Slates { get; init; }
}
