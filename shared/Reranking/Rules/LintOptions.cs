namespace Aisle.Reranking.Rules;

/// <summary>What the linter knows of the shop beside its catalogue.</summary>
public sealed record LintOptions
{
    /// <summary>The surfaces that exist.</summary>
    public IReadOnlyList<string> Surfaces { get; init; } =
        ["home", "because_you_bought", "similar", "bought_together", "cart", "trending", "new", "recently_viewed", "rerank"];

    /// <summary>How long the longest slate is; default 100.</summary>
    public int LongestSlate { get; init; } = 100;
}
