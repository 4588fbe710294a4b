namespace Aisle.Reranking.Rules;

/// <summary>The shop's merchandising rules and its calendar of bursts. Immutable; a change is a new set.</summary>
/// <param name="rules">In any order; ids are unique.</param>
public sealed class RuleSet(IReadOnlyList<MerchandisingRule> rules)
{
    /// <summary>No rule.</summary>
    public static RuleSet Empty { get; } = new([]);

    /// <summary>All rules, by id.</summary>
    public IReadOnlyList<MerchandisingRule> Rules { get; } = [.. rules.OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>The calendar, in the order in which it was written.</summary>
    public IReadOnlyList<Burst> Bursts { get; init; } = [];

    /// <summary>The categories that are bought again; elsewhere what was bought is not shown again.</summary>
    public IReadOnlyList<RepeatPurchase> RepeatPurchases { get; init; } = [];

    /// <summary>The rules that hold for a request, ready to be applied to its products.</summary>
    public ActiveRules For(RuleContext context) => Rules.Count == 0 ? ActiveRules.Nothing : new([.. Rules.Where(rule => rule.Holds(context))]);

    /// <summary>The first burst that is on; null when none is.</summary>
    public Burst? BurstAt(DateTimeOffset now) => Bursts.Count == 0 ? null : Bursts.FirstOrDefault(burst => burst.Holds(now));
}
