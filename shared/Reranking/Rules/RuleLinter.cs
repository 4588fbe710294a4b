using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.Reranking.Rules;

/// <summary>Finds rules that are wrong, can never fire or work against each other, before shoppers meet them.</summary>
/// <remarks>It judges against one catalogue at one moment. O(rules · products + rules²).</remarks>
public sealed class RuleLinter
{
    private readonly IReadOnlyList<Product> _products;
    private readonly Dictionary<ProductId, Product> _byId;
    private readonly LintOptions _options;

    /// <summary>Prepares for a catalogue.</summary>
    /// <param name="products">The catalogue, with its stock.</param>
    /// <param name="options">The shop's surfaces and the longest slate.</param>
    public RuleLinter(IReadOnlyList<Product> products, LintOptions options)
    {
        ArgumentNullException.ThrowIfNull(products);
        ArgumentNullException.ThrowIfNull(options);
        _products = products;
        _byId = products.ToDictionary(product => product.Id);
        _options = options;
    }

    /// <summary>All findings about a document: its rules, its calendar and its repeat purchases; the latter two are named by their
    /// place, such as <c>bursts[0]</c>.</summary>
    /// <param name="rules">The document.</param>
    /// <param name="now">The moment, UTC.</param>
    public IReadOnlyList<RuleFinding> Check(RuleSet rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return [.. Check(rules.Rules, now), .. CalendarChecks.Of(rules.Bursts, now), .. CalendarChecks.Of(rules.RepeatPurchases, _products)];
    }

    /// <summary>All findings, by rule id and problem; empty when nothing is wrong.</summary>
    /// <param name="rules">The rules, in any order.</param>
    /// <param name="now">The moment, UTC.</param>
    public IReadOnlyList<RuleFinding> Check(IReadOnlyList<MerchandisingRule> rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        LintedRule[] linted = [.. rules.OrderBy(rule => rule.Id, StringComparer.Ordinal).Select(rule => new LintedRule(rule, _products))];
        LintedRule[] live = [.. linted.Where(rule => IsLive(rule.Rule, now))];
        return [.. Duplicates(rules)
            .Concat(linted.SelectMany(rule => RuleChecks.OfOne(rule.Rule, now, _options)))
            .Concat(linted.SelectMany(rule => OfMatch(rule, live)))
            .Concat(RulePairChecks.Of(live))
            .Concat(EmptySurfaces(live))
            .OrderBy(finding => finding.RuleIds[0], StringComparer.Ordinal).ThenBy(finding => finding.Problem)];
    }

    /// <summary>What makes rules unusable whatever the catalogue and the time.</summary>
    public static IReadOnlyList<RuleFinding> Refusals(IReadOnlyList<MerchandisingRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        LintOptions options = new();
        return [.. Duplicates(rules).Concat(rules.SelectMany(rule => RuleChecks.OfOne(rule, DateTimeOffset.MinValue, options))).Where(finding => finding.IsError)];
    }

    private static bool IsLive(MerchandisingRule rule, DateTimeOffset now) => !(rule.Until <= now) && !(rule.Until <= rule.From);

    private static IEnumerable<RuleFinding> Duplicates(IReadOnlyList<MerchandisingRule> rules) => rules
        .GroupBy(rule => rule.Id, StringComparer.Ordinal)
        .Where(group => group.Count() > 1)
        .Select(group => new RuleFinding(RuleProblem.DuplicateId, [group.Key], $"{group.Count()} rules are called {group.Key}; give each its own id."));

    private IEnumerable<RuleFinding> OfMatch(LintedRule linted, LintedRule[] live)
    {
        MerchandisingRule rule = linted.Rule;
        ProductId[] unknown = [.. rule.Match.Products.Where(product => !_byId.ContainsKey(product))];
        if (unknown.Length > 0)
        {
            yield return new RuleFinding(RuleProblem.UnknownProduct, [rule.Id],
                $"The catalogue does not have {string.Join(", ", unknown.Take(5))}; correct the ids or remove them.");
        }
        else if (linted.Matched.Count == 0)
        {
            yield return new RuleFinding(RuleProblem.MatchesNothing, [rule.Id], "No product matches; check spelling and the combination of conditions.");
        }
        else if (rule.Action is RuleAction.Pin or RuleAction.Boost && linted.Matched.All(product => !product.InStock))
        {
            yield return new RuleFinding(RuleProblem.OutOfStock, [rule.Id], "Nothing that it promotes can be bought now; wait for stock "
                + "or promote something else.");
        }

        string[] blockers = BlockersOf(linted, live);
        if (blockers.Length > 0)
        {
            yield return new RuleFinding(RuleProblem.Blocked, [rule.Id, .. blockers],
                $"All that it is about is blocked by {string.Join(", ", blockers)} wherever it holds; remove one of them.");
        }
    }

    /// <summary>The blocks that hold wherever this rule holds and together cover all that it matches.</summary>
    private static string[] BlockersOf(LintedRule linted, LintedRule[] live)
    {
        if (linted.Rule.Action == RuleAction.Block || linted.Matched.Count == 0 || !live.Contains(linted))
        {
            return [];
        }

        LintedRule[] blocks = [.. live.Where(other => other.Rule.Action == RuleAction.Block && other.CoversScopeOf(linted.Rule))];
        bool covered = linted.Matched.All(product => blocks.Any(block => block.Matched.Contains(product)));
        return covered ? [.. blocks.Where(block => block.Matched.Overlaps(linted.Matched)).Select(block => block.Rule.Id)] : [];
    }

    /// <summary>For everybody, and for each kind of shopper that some block is about.</summary>
    private IEnumerable<RuleFinding> EmptySurfaces(LintedRule[] live)
    {
        LintedRule[] blocks = [.. live.Where(rule => rule.Rule.Action == RuleAction.Block)];
        RuleAudience?[] audiences = [.. blocks.Select(block => block.Rule.Audience).Prepend(null).Distinct()];
        foreach (string surface in blocks.Length == 0 ? [] : _options.Surfaces)
        {
            foreach (RuleAudience? audience in audiences)
            {
                LintedRule[] held = [.. blocks.Where(block => block.HoldsOn(surface) && (block.Rule.Audience is null || block.Rule.Audience == audience))];
                if (held.Length > 0 && LeavesNothing(held))
                {
                    yield return new RuleFinding(RuleProblem.EmptiesSurface, [.. held.Select(block => block.Rule.Id)],
                        $"Together these blocks leave nothing to show on "
                        + $"{surface}{(audience is null ? "" : " to the audience that they name")}; narrow one of them.");
                    break;
                }
            }
        }
    }

    private bool LeavesNothing(LintedRule[] blocks) => _products.Where(product => product.InStock).All(product => blocks.Any(block => block.Matched.Contains(product)));
}
