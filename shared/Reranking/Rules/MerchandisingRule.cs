namespace Aisle.Reranking.Rules;

/// <summary>What a merchandiser wants: pin, boost, bury or block some products, somewhere, for somebody, for some time.</summary>
/// <remarks>Precedence, from the top: hard filters of the request; block; pin; bury and boost, whose factors are multiplied.
/// Between pins at one position: the higher priority, then the id that sorts first.</remarks>
public sealed record MerchandisingRule
{
    /// <summary>The merchandiser's name for it, unique.</summary>
    public required string Id { get; init; }

    /// <summary>What it does.</summary>
    public required RuleAction Action { get; init; }

    /// <summary>Which products it is about.</summary>
    public required ProductMatch Match { get; init; }

    /// <summary>The position of a pin, from 1; null for other actions.</summary>
    public int? Position { get; init; }

    /// <summary>What the score is multiplied by: above 1 for a boost, between 0 and 1 for bury; null for other actions.</summary>
    public double? Factor { get; init; }

    /// <summary>The surfaces it holds on, such as <c>home</c>; empty for all.</summary>
    public IReadOnlyList<string> Surfaces { get; init; } = [];

    /// <summary>The kinds of shoppers it holds for; null for all.</summary>
    public RuleAudience? Audience { get; init; }

    /// <summary>From when it holds, UTC; null for always.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until when it holds, UTC, that moment excluded; null for ever.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Which of two pins at one position wins: the higher; default 0.</summary>
    public int Priority { get; init; }

    /// <summary>Whether it holds for a request.</summary>
    public bool Holds(RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (Surfaces.Count == 0 || Surfaces.Contains(context.Surface))
            && (Audience?.Includes(context) ?? true)
            && (From is null || context.Now >= From)
            && (Until is null || context.Now < Until);
    }
}
