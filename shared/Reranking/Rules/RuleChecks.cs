namespace Aisle.Reranking.Rules;

/// <summary>What can be wrong with a rule by itself.</summary>
internal static class RuleChecks
{
    /// <summary>The findings about one rule, without regard to catalogue and other rules.</summary>
    public static IEnumerable<RuleFinding> OfOne(MerchandisingRule rule, DateTimeOffset now, LintOptions options) =>
        Period(rule, now).Concat(Position(rule, options)).Concat(Factor(rule)).Concat(Surfaces(rule, options));

    private static IEnumerable<RuleFinding> Period(MerchandisingRule rule, DateTimeOffset now)
    {
        if (rule.Until <= rule.From)
        {
            yield return Finding(rule, RuleProblem.EmptyPeriod, "It ends before it begins; exchange the two dates.");
        }
        else if (rule.Until <= now)
        {
            yield return Finding(rule, RuleProblem.Expired, $"Its time ended on {rule.Until:yyyy-MM-dd HH:mm}; remove it or set a later end.");
        }
    }

    private static IEnumerable<RuleFinding> Position(MerchandisingRule rule, LintOptions options)
    {
        bool isPin = rule.Action == RuleAction.Pin;
        if (isPin ? rule.Position is null or < 1 : rule.Position is not null)
        {
            yield return Finding(rule, RuleProblem.BadPosition, isPin ? "A pin needs a position from 1." : "Only a pin has a position; remove it.");
        }

        if (isPin && rule.Position > options.LongestSlate)
        {
            yield return Finding(rule, RuleProblem.PinOutOfReach, $"No slate is longer than {options.LongestSlate}; choose a smaller position.");
        }

        if (isPin && rule.Match.Products.Count == 0)
        {
            yield return Finding(rule, RuleProblem.PinWithoutProduct, "A pin names the products to show; add them, or use a boost.");
        }
    }

    private static IEnumerable<RuleFinding> Factor(MerchandisingRule rule)
    {
        bool fits = rule.Action switch
        {
            RuleAction.Boost => rule.Factor is > 1 and <= 100,
            RuleAction.Bury => rule.Factor is >= 0.01 and < 1,
            _ => rule.Factor is null,
        };
        if (!fits)
        {
            yield return Finding(rule, RuleProblem.BadFactor, "A boost has a factor above 1 up to 100, a bury one from 0.01 to below 1, "
                + "other actions have none.");
        }
    }

    private static IEnumerable<RuleFinding> Surfaces(MerchandisingRule rule, LintOptions options)
    {
        string[] unknown = [.. rule.Surfaces.Except(options.Surfaces)];
        if (unknown.Length > 0)
        {
            yield return Finding(rule, RuleProblem.UnknownSurface,
                $"There is no surface {string.Join(", ", unknown)}; use one of {string.Join(", ", options.Surfaces)}.");
        }
    }

    private static RuleFinding Finding(MerchandisingRule rule, RuleProblem problem, string message) => new(problem, [rule.Id], message);
}
