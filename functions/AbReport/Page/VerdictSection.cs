using System.Globalization;
using System.Text;
using Aisle.AbReport.Results;
using Aisle.Statistics;

namespace Aisle.AbReport.Page;

/// <summary>The top of the page: what to do, why, and the four figures that say how far the experiment has come.</summary>
internal static class VerdictSection
{
    /// <summary>The verdict, then the tiles.</summary>
    public static void Write(StringBuilder page, ExperimentReport report)
    {
        ReportVerdict verdict = report.Verdict;
        page.Append($"<section class=\"verdict "
            + $"is-{(verdict is { Kind: VerdictKind.Ship, IsTooGood: true } ? "keep_running" : Words.Wire(verdict.Kind))}\" "
            + $"aria-label=\"Verdict\"><strong>{Words.Html(Title(verdict))}</strong><p>{Words.Html(Sentence(verdict))}</p>");
        if (verdict.Reasons.Count > 1)
        {
            page.Append($"<ul>{string.Concat(verdict.Reasons.Skip(1).Select(reason => $"<li>{Words.Html(reason.Text)}</li>"))}</ul>");
        }

        page.Append(verdict.IsTooGood && verdict.Kind != VerdictKind.Ship ? "<p class=\"flag\"><b>Too good to be true?</b> Lifts like "
            + "this are usually faults of measurement: check before you believe it.</p>" : "").Append("</section>");
        page.Append("<div class=\"tiles\">");
        foreach (MetricResult primary in report.Metrics.Where(result => result.Metric == report.Metrics[0].Metric))
        {
            ArmComparison figures = primary.Comparison;
            string interval = figures is { LiftLow: { } low, LiftHigh: { } high } ? $"{Words.Lift(low)} to "
                + $"{Words.Lift(high)}" : VerdictWords.Of(primary);
            Tile(page, $"{primary.Definition.Label}, {primary.Variant}", Words.Lift(figures.Lift), interval, VerdictWords.Class(primary));
        }

        Tile(page, "Visitors", Words.Count(report.Users.Sum(arm => arm.Users)), string.Join(", ", report.Users.Select(arm => $"{arm.Variant} {Words.Count(arm.Users)}")), "");
        Tile(page, "Days", Text($"{report.Days:0.#} of {report.PlannedDays:0.#}"), Text($"{report.Experiment.StartsAt:yyyy-MM-dd} to {report.Until:yyyy-MM-dd} UTC"), "");
        (string health, string detail, string kind) = Health(report);
        Tile(page, "Data", health, detail, kind);
        page.Append("</div>");
    }

    private static void Tile(StringBuilder page, string label, string figure, string detail, string kind) =>
        page.Append($"<div class=\"tile {kind}\"><span class=\"soft\">{Words.Html(label)}</span><b>{Words.Html(figure)}</b><span "
            + $"class=\"soft\">{Words.Html(detail)}</span></div>");

    private static (string Word, string Detail, string Kind) Health(ExperimentReport report)
    {
        DataHealth health = report.Health;
        long wrong = health.Wrong.Values.Sum();
        return health switch
        {
            { SampleRatio.IsMismatch: true } => ("✕ faulty", "the arms do not have the sizes they should", "bad"),
            _ when wrong > 0 => ("≈ look", Text($"{wrong:N0} visitors in a wrong variant"), "open"),
            { HasMixedCurrencies: true } => ("✕ faulty", "several currencies", "bad"),
            { SampleRatio.Status: not ComparisonStatus.Ok } => ("– none", Words.Plain(health.SampleRatio.Status), "none"),
            _ => ("✓ sound", Text($"sizes as planned, p {Words.P(health.SampleRatio.PValue)}"), "good"),
        };
    }

    // The title says the first words already.
    private static string Sentence(ReportVerdict verdict)
    {
        int colon = verdict.Sentence.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? verdict.Sentence : verdict.Sentence[(colon + 2)..];
    }

    private static string Title(ReportVerdict verdict) => verdict.Kind switch
    {
        VerdictKind.Ship when verdict.IsTooGood => $"≈ Look for a fault before you ship {verdict.Variant}",
        VerdictKind.Ship => $"✓ Ship {verdict.Variant}",
        VerdictKind.DoNotShip => "✕ Do not ship",
        VerdictKind.Invalid => "✕ Invalid",
        _ => "○ Keep running",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
