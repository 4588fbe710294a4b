using System.Globalization;
using Aisle.AbReport.Metrics;
using Aisle.AbReport.Results;
using Aisle.Statistics;

namespace Aisle.AbReport.Verdicts;

/// <summary>Says in sentences what the figures of a report mean.</summary>
internal static class Conclusions
{
    /// <summary>The sentences: the verdict, then what each goal and each harmed guardrail says.</summary>
    public static IReadOnlyList<string> Of(ReportVerdict verdict, IReadOnlyList<MetricResult> metrics) =>
    [
        verdict.Sentence,
        .. metrics.Where(result => result.Definition.Role == MetricRole.Goal || result.Verdict == MetricVerdict.Harmed).Select(Sentence),
    ];

    private static string Sentence(MetricResult result)
    {
        ArmComparison figures = result.Comparison;
        string name = result.Metric.Replace('_', ' ');
        return result.Verdict switch
        {
            MetricVerdict.Higher => Text($"{result.Variant}: {name} is higher{By(figures.Lift)} (p {P(figures.PValue)})."),
            MetricVerdict.Lower => Text($"{result.Variant}: {name} is lower{By(figures.Lift)} (p {P(figures.PValue)})."),
            MetricVerdict.KeepRunning => Text($"{result.Variant}: {name}: keep running, the interval of the difference still holds too much ({figures.Low:0.####} to {figures.High:0.####})."),
            MetricVerdict.Borderline => Text($"{result.Variant}: {name}: borderline, p ({P(figures.PValue)}) and interval ({figures.Low:0.####} to {figures.High:0.####}) do not agree."),
            MetricVerdict.Harmed => Text($"{result.Variant}: {name} is harmed{By(figures.Lift)}."),
            MetricVerdict.Unharmed => Text($"{result.Variant}: {name} stays within its margin."),
            _ => Text($"{result.Variant}: {name}: no answer ({figures.Status})."),
        };
    }

    // Over a control of 0 there is no lift.
    private static string By(double? lift) => lift is { } known ? Text($" by {Math.Abs(known):0.0%}") : "";

    private static string P(double? value) => value < 0.0001 ? "< 0.0001" : Text($"= {value:0.####}");

    private static string Text(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
