using Aisle.ColdStart;
using Aisle.Reranking;
using Aisle.Reranking.Rules;

namespace Aisle.ScoreUser.Rules;

/// <summary>The merchandisers' rules as requests ask for them.</summary>
/// <param name="rules">The rules and the calendar.</param>
/// <param name="tag">The tag of their document; null for none.</param>
public sealed class Merchandising(RuleSet rules, string? tag)
{
    /// <summary>No rule and an empty calendar.</summary>
    public static Merchandising None { get; } = new(RuleSet.Empty, null);

    /// <summary>The rules and the calendar.</summary>
    public RuleSet Rules => rules;

    /// <summary>The tag of their document; null for none.</summary>
    public string? Tag => tag;

    /// <summary>The rules that hold for a request.</summary>
    public ActiveRules RulesFor(Surface surface, Cohort cohort, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        return rules.Rules.Count == 0
            ? ActiveRules.Nothing
            : rules.For(new RuleContext(surface.WireName(), now, cohort.AgeBracket, cohort.Location, cohort.DeviceType));
    }
}
