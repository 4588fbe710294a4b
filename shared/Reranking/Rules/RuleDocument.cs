namespace Aisle.Reranking.Rules;

/// <summary>The document.</summary>
internal sealed record RuleDocument
{
    /// <summary>The rules.</summary>
    public List<RuleEntry?>? Rules { get; init; }

    /// <summary>The calendar; null for none.</summary>
    public List<BurstEntry?>? Bursts { get; init; }

    /// <summary>Categories that are bought again; null for none.</summary>
    public List<RepeatPurchaseEntry?>? RepeatPurchases { get; init; }
}
