namespace Aisle.Reranking.Rules;

/// <summary>What can be wrong between two rules.</summary>
internal static class RulePairChecks
{
    /// <summary>The findings about all pairs of rules whose time is not over.</summary>
    public static IEnumerable<RuleFinding> Of(LintedRule[] live) =>
        from first in Enumerable.Range(0, live.Length)
        from second in Enumerable.Range(first + 1, live.Length - first - 1)
        where live[first].Meets(live[second])
        from finding in OfPair(live[first], live[second])
        select finding;

    private static IEnumerable<RuleFinding> OfPair(LintedRule first, LintedRule second)
    {
        if (first.Rule.Action == RuleAction.Pin && second.Rule.Action == RuleAction.Pin && first.Rule.Position == second.Rule.Position)
        {
            (LintedRule winner, LintedRule loser) = second.Rule.Priority > first.Rule.Priority ? (second, first) : (first, second);
            yield return new RuleFinding(RuleProblem.PinClash, [loser.Rule.Id, winner.Rule.Id],
                $"Both want position {first.Rule.Position}, and {winner.Rule.Id} wins; give one of them another position, time or audience.");
        }

        bool against = (first.Rule.Action, second.Rule.Action) is (RuleAction.Boost, RuleAction.Bury) or (RuleAction.Bury, RuleAction.Boost);
        if (against && first.Matched.Count > 0 && first.Matched.SetEquals(second.Matched))
        {
            yield return new RuleFinding(RuleProblem.BoostAgainstBury, [first.Rule.Id, second.Rule.Id],
                "One raises exactly what the other lowers; keep one of them.");
        }
    }
}
