namespace Aisle.Reranking.Rules;

/// <summary>Something the linter found.</summary>
/// <param name="Problem">What.</param>
/// <param name="RuleIds">Which rules, by id; the one to change first.</param>
/// <param name="Message">In words, with what to do.</param>
public sealed record RuleFinding(RuleProblem Problem, IReadOnlyList<string> RuleIds, string Message);
