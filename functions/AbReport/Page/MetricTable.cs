using System.Globalization;
using System.Text;
using Aisle.AbReport.Metrics;
using Aisle.AbReport.Results;
using Aisle.Statistics;

namespace Aisle.AbReport.Page;

/// <summary>A row for each metric and variant: what was measured, the lift with its interval to scale, and what decides. On
/// a phone each row becomes a card.</summary>
internal static class MetricTable
{
    /// <summary>The table of the metrics of one role; nothing without any. What has no answer in any variant is named below it.</summary>
    /// <param name="page">Gets it.</param>
    /// <param name="report">The report.</param>
    /// <param name="title">The heading.</param>
    /// <param name="hint">A sentence below it.</param>
    /// <param name="role">Which metrics.</param>
    public static void Write(StringBuilder page, ExperimentReport report, string title, string hint, MetricRole role)
    {
        MetricResult[][] metrics = [.. report.Metrics.Where(result => result.Definition.Role == role).GroupBy(result => result.Metric).Select(variants => variants.ToArray())];
        MetricResult[] answered = [.. metrics.Where(HasAnswer).SelectMany(variants => variants)];
        if (metrics.Length == 0)
        {
            return;
        }

        page.Append($"<section><h2>{title}</h2><p class=\"soft\">{hint}</p>");
        if (answered.Length > 0)
        {
            WriteTable(page, report, title, answered);
        }

        string[] unanswered = [.. metrics.Where(variants => !HasAnswer(variants)).Select(variants => $"{NameOf(variants[0])} "
            + $"({Words.Plain(variants[0].Comparison.Status)})")];
        page.Append(unanswered.Length == 0 ? "" : $"<p class=\"soft\">No answer: "
            + $"{Words.Html(string.Join(", ", unanswered))}.</p>").Append("</section>");
    }

    /// <summary>Whether some variant of a metric has figures to show.</summary>
    public static bool HasAnswer(IEnumerable<MetricResult> variants) => variants.Any(result => result.Comparison.Status == ComparisonStatus.Ok);

    private static void WriteTable(StringBuilder page, ExperimentReport report, string title, MetricResult[] results)
    {
        bool namesVariant = report.Users.Count > 2;
        SharedScale scale = SharedScale.Of(results.SelectMany(result => new[] { result.Comparison.LiftLow, result.Comparison.LiftHigh, result.MarginLift }), IntervalDrawing.Width);
        string[] columns = ["Metric", "Says", report.Users[0].Variant, namesVariant ? "Variant" : report.Users[^1].Variant, "Lift", "Interval of the lift", PColumn(results), "Adjusted p", PowerOf(report)];
        page.Append($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><table class=\"metrics\" "
            + $"role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">");
        page.Append(string.Concat(columns.Select(column => $"<th scope=\"col\" role=\"columnheader\">{Words.Html(column)}</th>")));
        page.Append("</tr></thead><tbody role=\"rowgroup\">");
        foreach (MetricResult result in results)
        {
            WriteRow(page, report, result, scale, namesVariant);
        }

        page.Append("</tbody></table></div>");
    }

    private static void WriteRow(StringBuilder page, ExperimentReport report, MetricResult result, SharedScale scale, bool namesVariant)
    {
        ArmComparison figures = result.Comparison;
        string word = VerdictWords.Class(result);
        string needed = result.DecidingPValue is null ? "" : Note($"needs ≤ {Words.Level(result.NeededPValue)}");
        page.Append($"<tr role=\"row\"><th scope=\"row\" "
            + $"role=\"rowheader\">{Words.Html(NameOf(result))}{(namesVariant ? $"<span class=\"variant\">{Words.Html(result.Variant)}</span>" : "")}{Note(Explained(result))}</th>");
        page.Append($"<td role=\"cell\" class=\"says\" data-label=\"Says\"><span class=\"pill {word}\">{VerdictWords.Of(result)}</span></td>");
        page.Append(Cell(Words.Html(report.Users[0].Variant), Words.Figure(figures.Control, result.Definition.Unit)));
        page.Append(Cell(Words.Html(result.Variant), Words.Figure(figures.Treatment, result.Definition.Unit)));
        page.Append(Cell("Lift", $"<b>{Words.Lift(figures.Lift)}</b>"));
        page.Append($"<td role=\"cell\" class=\"drawn {word}\" data-label=\"Interval of the "
            + $"lift\">{IntervalDrawing.Of(figures, scale, result.MarginLift)}{Note(Interval(figures))}</td>");
        page.Append(Cell("p", $"{Words.P(Shown(result))}{Note(Tested(result))}{needed}")).Append(Cell("Adjusted p", Words.P(result.AdjustedPValue))).Append(Cell(PowerOf(report), Words.Share(result.Power))).Append("</tr>");
    }

    /// <summary>The p that goes with the word: of a harmed guardrail that of the harm, else the one that decides.</summary>
    public static double? Shown(MetricResult result) => result.Verdict == MetricVerdict.Harmed ? result.Guardrail?.InferiorPValue : result.DecidingPValue;

    /// <summary>What that p tests, of a guardrail; empty for other metrics.</summary>
    public static string Tested(MetricResult result) => result switch
    {
        { Definition.Role: not MetricRole.Guardrail } or { DecidingPValue: null } => "",
        { Verdict: MetricVerdict.Harmed } => "of being worse",
        _ => "of staying within the margin",
    };

    private static string PColumn(MetricResult[] results) => results[0].Definition.Role == MetricRole.Guardrail ? "p, one-sided" : "p";

    private static string PowerOf(ExperimentReport report) => $"Power for {Words.Lift(report.SmallestLift)}";

    private static string NameOf(MetricResult result) => result.Definition.Label.Split(" (")[0];

    // The rest of the label, the unit and the margin.
    private static string Explained(MetricResult result)
    {
        string[] parts = result.Definition.Label.Split(" (", 2);
        string?[] said =
        [
            parts.Length > 1 ? parts[1].TrimEnd(')') : null,
            result.Definition.Unit is MetricUnit.Money or MetricUnit.Seconds or MetricUnit.Milliseconds ? result.Unit : null,
            result.Definition.Role == MetricRole.Guardrail ? $"may be {Words.Share(result.Definition.Margin)} worse" : null,
        ];
        return string.Join(", ", said.OfType<string>());
    }

    private static string Note(string text) => text.Length == 0 ? "" : $"<span class=\"soft note\">{Words.Html(text)}</span>";

    private static string Interval(ArmComparison figures) => figures is { LiftLow: { } low, LiftHigh: { } high }
        ? $"{Words.Lift(low)} to {Words.Lift(high)}"
        : figures.Status == ComparisonStatus.Ok ? "control not clear of 0" : "";

    private static string Cell(string label, string content) => string.Create(CultureInfo.InvariantCulture, $"<td role=\"cell\" "
        + $"data-label=\"{label}\">{content}</td>");
}
