namespace Aisle.Reranking.Rules;

/// <summary>The shop's merchandising rules. Immutable; a change is a new set.</summary>
/// <param name="rules">In any order; ids are unique.</param>
public sealed class RuleSet(IReadOnlyList<MerchandisingRule> rules)
{
    /// <summary>No rule.</summary>
    public static RuleSet Empty { get; } = new([]);

    /// <summary>All rules, by id.</summary>
    public IReadOnlyList<MerchandisingRule> Rules { get; } = [.. rules.OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>The rules that hold for a request, ready to be applied to its products.</summary>
    public ActiveRules For(RuleContext context) => new([.. Rules.Where(rule => rule.Holds(context))]);
}
