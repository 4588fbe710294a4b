using Aisle.Reranking.Rules;

namespace Aisle.ScoreUser.Rules;

/// <summary>The merchandisers' document with what the linter says about it.</summary>
/// <param name="Tag">The store's version of it; null when there is none.</param>
/// <param name="Rules">The rules; null when the document cannot be read, and then those before it hold on.</param>
/// <param name="Problems">Why it cannot be read, each as <c>place: problem; remedy</c>.</param>
/// <param name="Findings">What the linter found against the catalogue of now.</param>
public sealed record RuleSheet(string? Tag, RuleSet? Rules, IReadOnlyList<string> Problems, IReadOnlyList<RuleFinding> Findings)
{
    /// <summary>Whether it must not be taken over.</summary>
    public bool IsRefused => Rules is null || Findings.Any(finding => finding.IsError);
}
