using Aisle.Catalogue;

namespace Aisle.Reranking.Rules;

/// <summary>A rule with the products that it matches, and how its scope lies to others'.</summary>
internal sealed class LintedRule(MerchandisingRule rule, IReadOnlyList<Product> products)
{
    /// <summary>The rule.</summary>
    public MerchandisingRule Rule { get; } = rule;

    /// <summary>The products of the catalogue that it is about.</summary>
    public HashSet<Product> Matched { get; } = new(products.Where(rule.Match.Matches), ReferenceEqualityComparer.Instance);

    /// <summary>Whether it holds on a surface at some time.</summary>
    public bool HoldsOn(string surface) => Rule.Surfaces.Count == 0 || Rule.Surfaces.Contains(surface);

    /// <summary>Whether some request meets both rules.</summary>
    public bool Meets(LintedRule other) =>
        (Rule.Surfaces.Count == 0 || other.Rule.Surfaces.Count == 0 || Rule.Surfaces.Intersect(other.Rule.Surfaces).Any())
        && (Rule.Audience?.Overlaps(other.Rule.Audience) ?? true)
        && !(Rule.Until <= other.Rule.From) && !(other.Rule.Until <= Rule.From);

    /// <summary>Whether every request that meets the other rule meets this one.</summary>
    public bool CoversScopeOf(MerchandisingRule other) =>
        (Rule.Surfaces.Count == 0 || (other.Surfaces.Count > 0 && other.Surfaces.All(Rule.Surfaces.Contains)))
        && (Rule.Audience is null || Covers(Rule.Audience, other.Audience))
        && (Rule.From is null || other.From >= Rule.From)
        && (Rule.Until is null || other.Until <= Rule.Until);

    private static bool Covers(RuleAudience wide, RuleAudience? narrow) => narrow is not null
        && (wide.AgeBracket is null || wide.AgeBracket == narrow.AgeBracket)
        && (wide.Location is null || wide.Location == narrow.Location)
        && (wide.DeviceType is null || wide.DeviceType == narrow.DeviceType);
}
