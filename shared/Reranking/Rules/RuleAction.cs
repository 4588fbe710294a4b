namespace Aisle.Reranking.Rules;

/// <summary>What a merchandising rule does. The order is the precedence: what stands higher wins where two rules
/// want different things.</summary>
public enum RuleAction
{
    /// <summary>The products are not shown.</summary>
    Block,

    /// <summary>The product is shown at a position.</summary>
    Pin,

    /// <summary>The scores are multiplied by a factor below 1.</summary>
    Bury,

    /// <summary>The scores are multiplied by a factor above 1.</summary>
    Boost,
}
