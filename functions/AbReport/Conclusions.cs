using System.Globalization;

using Aisle.Statistics;

namespace Aisle.AbReport;

/// <summary>Says in sentences what the figures of a report mean.</summary>
internal static class Conclusions
{
    /// <summary>The sentences, the weightiest first.</summary>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<MetricResult> metrics, SampleRatioCheck ratio, double days, AbReportOptions options)
    {
        List<string> sentences = [];
        if (ratio.IsMismatch)
        {
            sentences.Add(Text($"The arms do not have the sizes they should (p = {ratio.PValue:0.######}): find out which visitors were lost before reading any result."));
        }
        else if (days < options.MinimumDays)
        {
            sentences.Add(Text($"Keep running: {days:0.#} of at least {options.MinimumDays} days have passed."));
        }

        sentences.AddRange(metrics.Select(Sentence));
        return sentences;
    }

    private static string Sentence(MetricResult result)
    {
        ArmComparison figures = result.Comparison;
        string name = result.Metric.Replace('_', ' ');
        return result.Verdict switch
        {
            MetricVerdict.Higher => Text($"{result.Variant}: {name} is higher by {figures.Lift:P1} (p {P(figures.PValue)})."),
            MetricVerdict.Lower => Text($"{result.Variant}: {name} is lower by {-figures.Lift:P1} (p {P(figures.PValue)})."),
            MetricVerdict.KeepRunning => Text($"{result.Variant}: {name}: keep running, the interval of the difference still holds too much ({figures.Low:0.####} to {figures.High:0.####})."),
            _ => Text($"{result.Variant}: {name}: no answer ({figures.Status})."),
        };
    }

    private static string P(double? value) => value < 0.0001 ? "< 0.0001" : Text($"= {value:0.####}");

    private static string Text(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
