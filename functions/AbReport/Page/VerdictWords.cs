using Aisle.AbReport.Results;
using Aisle.Statistics;

namespace Aisle.AbReport.Page;

/// <summary>What one metric says, in a word with a sign, so that colour alone never tells.</summary>
internal static class VerdictWords
{
    /// <summary>The sign and the word; of no answer, the reason.</summary>
    public static string Of(MetricResult result) => result.Verdict switch
    {
        MetricVerdict.Higher => "▲ higher",
        MetricVerdict.Lower => "▼ lower",
        MetricVerdict.Borderline => "≈ borderline",
        MetricVerdict.Unharmed => "✓ unharmed",
        MetricVerdict.Harmed => "✕ harmed",
        MetricVerdict.KeepRunning => "○ undecided",
        _ => result.Comparison.Status == ComparisonStatus.Ok ? "– no answer" : $"– {Words.Plain(result.Comparison.Status)}",
    };

    /// <summary>The class that colours it: good, bad, open or none, by which way is better.</summary>
    public static string Class(MetricResult result) => result.Verdict switch
    {
        MetricVerdict.Higher => result.Definition.IsHigherBetter ? "good" : "bad",
        MetricVerdict.Lower => result.Definition.IsHigherBetter ? "bad" : "good",
        MetricVerdict.Unharmed => "good",
        MetricVerdict.Harmed => "bad",
        MetricVerdict.NoAnswer => "none",
        _ => "open",
    };
}
