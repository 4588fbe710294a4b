namespace Aisle.Reranking.Rules;

/// <summary>Something the linter found.</summary>
/// <param name="Problem">What.</param>
/// <param name="RuleIds">Which rules, by id; the one to change first.</param>
/// <param name="Message">In words, with what to do.</param>
public sealed record RuleFinding(RuleProblem Problem, IReadOnlyList<string> RuleIds, string Message)
{
    /// <summary>Whether rules with this finding are refused: they mean nothing, or they would leave a shelf
    /// empty. Other findings are warnings.</summary>
    public bool IsError => Problem is RuleProblem.DuplicateId or RuleProblem.BadPosition or RuleProblem.BadFactor or RuleProblem.EmptyPeriod
        or RuleProblem.UnknownSurface or RuleProblem.PinWithoutProduct or RuleProblem.PinOutOfReach or RuleProblem.EmptiesSurface;
}
