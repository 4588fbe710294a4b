using System.Globalization;
using System.Text;
using Aisle.AbReport.Metrics;
using Aisle.Statistics;

namespace Aisle.AbReport.Page;

/// <summary>A report for people: one page that needs nothing from elsewhere, the verdict first.</summary>
internal static class ReportHtml
{
    /// <summary>The report as a page.</summary>
    public static ReadOnlyMemory<byte> Write(ExperimentReport report)
    {
        StringBuilder page = new();
        string key = Words.Html(report.Experiment.Key);
        page.Append($"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{key}: {Words.Plain(report.Verdict.Kind)}</title><style>{ReportStyle.Css}</style></head><body><main>");
        page.Append($"<h1>{key}</h1><p>{Words.Html(report.Experiment.Description)}</p>");
        WriteVerdict(page, report);
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{report.Experiment.StartsAt:yyyy-MM-dd HH:mm} to {report.Until:yyyy-MM-dd HH:mm} UTC, {report.Days:0.#} of {report.PlannedDays:0.#} planned days; {string.Join(", ", report.Users.Select(arm => $"{Words.Html(arm.Variant)} {Words.Count(arm.Users)} visitors"))}. Error {Words.Share(report.Alpha)} over all goals, variants and {report.Looks} daily looks.</p>");
        foreach ((string title, MetricRole role) in new[] { ("Goals", MetricRole.Goal), ("Guardrails", MetricRole.Guardrail), ("To understand them", MetricRole.Supporting) })
        {
            WriteMetrics(page, report, title, role);
        }

        WritePages(page, report);
        WriteCharts(page, report);
        ReportSections.WriteSegments(page, report);
        ReportSections.WriteHealth(page, report);
        CalibrationPanel.Write(page, report);
        ReportSections.WriteSupplement(page, report);
        ReportSections.WriteNotes(page, report);
        page.Append("</main></body></html>");
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    private static void WriteVerdict(StringBuilder page, ExperimentReport report)
    {
        ReportVerdict verdict = report.Verdict;
        page.Append($"<section class=\"verdict is-{Words.Wire(verdict.Kind)}\" aria-label=\"Verdict\"><strong>{Words.Html(Title(verdict))}</strong><p>{Words.Html(verdict.Sentence)}</p>");
        if (verdict.Reasons.Count > 1)
        {
            page.Append($"<ul>{string.Concat(verdict.Reasons.Skip(1).Select(reason => $"<li>{Words.Html(reason.Text)}</li>"))}</ul>");
        }

        page.Append(verdict.IsTooGood ? "<p><b>Too good to be true?</b> Lifts like this are usually faults of measurement: check before you believe it.</p>" : "").Append("</section>");
    }

    private static string Title(ReportVerdict verdict) => verdict.Kind switch
    {
        VerdictKind.Ship => $"Ship {verdict.Variant}",
        VerdictKind.DoNotShip => "Do not ship",
        VerdictKind.Invalid => "Invalid",
        _ => "Keep running",
    };

    private static void WriteMetrics(StringBuilder page, ExperimentReport report, string title, MetricRole role)
    {
        MetricResult[] results = [.. report.Metrics.Where(result => result.Definition.Role == role)];
        if (results.Length == 0)
        {
            return;
        }

        SharedScale scale = SharedScale.Of(results.SelectMany(result => new[] { result.Comparison.LiftLow, result.Comparison.LiftHigh }), IntervalDrawing.Width);
        page.Append($"<h2>{title}</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><table><thead><tr><th scope=\"col\">Metric</th>{(report.Users.Count > 2 ? "<th scope=\"col\">Variant</th>" : "")}<th scope=\"col\">Verdict</th><th scope=\"col\">Control</th><th scope=\"col\">{Words.Html(report.Users.Count > 2 ? "Treatment" : report.Users[^1].Variant)}</th><th scope=\"col\">Lift and its interval</th><th scope=\"col\">to scale</th><th scope=\"col\">p</th><th scope=\"col\">needed</th><th scope=\"col\">adjusted</th><th scope=\"col\">Power</th></tr></thead><tbody>");
        foreach (MetricResult result in results)
        {
            WriteMetric(page, result, scale, report.Users.Count > 2);
        }

        page.Append("</tbody></table></div>");
    }

    private static void WriteMetric(StringBuilder page, MetricResult result, SharedScale scale, bool namesVariant)
    {
        ArmComparison figures = result.Comparison;
        string word = Words.Wire(result.Verdict);
        string verdict = result.Verdict == MetricVerdict.NoAnswer && figures.Status != ComparisonStatus.Ok ? $"no answer: {Words.Plain(figures.Status)}" : Words.Plain(result.Verdict);
        string unit = result.Definition.Unit is MetricUnit.Money or MetricUnit.Seconds ? $" ({result.Unit})" : "";
        string variant = namesVariant ? $"<td>{Words.Html(result.Variant)}</td>" : "";
        page.Append($"<tr><td>{Words.Html(result.Definition.Label + unit)}</td>{variant}<td class=\"word {word}\">{verdict}</td><td>{Words.Figure(figures.Control, result.Definition.Unit)}</td><td>{Words.Figure(figures.Treatment, result.Definition.Unit)}</td>");
        page.Append($"<td><b>{Words.Lift(figures.Lift)}</b><br><span class=\"soft\">{Interval(figures)}</span></td><td class=\"{word}\">{IntervalDrawing.Of(figures, scale, word)}</td>");
        page.Append($"<td>{Words.P(figures.PValue)}</td><td>{(figures.PValue is null ? Words.None : "≤ " + Words.P(result.Level))}</td><td>{Words.P(result.AdjustedPValue)}</td><td>{Words.Share(result.Power)}</td></tr>");
    }

    private static string Interval(ArmComparison figures) => figures is { LiftLow: { } low, LiftHigh: { } high }
        ? $"{Words.Lift(low)} to {Words.Lift(high)}"
        : figures.Status == ComparisonStatus.Ok ? "control not clear of 0" : Words.None;

    private static void WritePages(StringBuilder page, ExperimentReport report)
    {
        page.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Page load and coverage\"><table><caption>Page load times (clustered by visitor) and catalogue coverage at equal exposure</caption><thead><tr><th scope=\"col\">Guardrail</th><th scope=\"col\">Variant</th><th scope=\"col\">Control</th><th scope=\"col\">Treatment</th><th scope=\"col\">Difference</th><th scope=\"col\">Interval</th><th scope=\"col\">p</th><th scope=\"col\">Verdict</th></tr></thead><tbody>");
        foreach (PageLoadResult load in report.PageLoads)
        {
            QuantileComparison figures = load.Comparison;
            string word = Words.Wire(load.Verdict);
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>Page load p{100 * load.Quantile:0} (ms)</td><td>{Words.Html(load.Variant)}</td><td>{Words.Count(figures.Control?.Value)}</td><td>{Words.Count(figures.Treatment?.Value)}</td><td>{Words.Count(figures.Difference)}</td>");
            page.Append($"<td>{(figures.Low is null ? Words.None : $"{Words.Count(figures.Low)} to {Words.Count(figures.High)}")}</td><td>{Words.P(figures.PValue)}</td><td class=\"word {word}\">{(figures.Status == ComparisonStatus.Ok ? Words.Plain(load.Verdict) : $"no answer: {Words.Plain(figures.Status)}")}</td></tr>");
        }

        foreach (CoverageResult coverage in report.Coverage)
        {
            CoverageComparison figures = coverage.Comparison;
            page.Append($"<tr><td>Catalogue shown{(figures.RarefiedAt is { } at ? $" in {Words.Count(at)} impressions" : "")}</td><td>{Words.Html(coverage.Variant)}</td><td>{Words.Share(figures.RarefiedControl / figures.CatalogueSize)}</td><td>{Words.Share(figures.RarefiedTreatment / figures.CatalogueSize)}</td><td>{Words.Lift((figures.RarefiedTreatment - figures.RarefiedControl) / figures.CatalogueSize)}</td><td>{Words.None}</td><td>{Words.None}</td><td class=\"word none\">{(figures.Status == ComparisonStatus.Ok ? "for information" : $"no answer: {Words.Plain(figures.Status)}")}</td></tr>");
        }

        page.Append("</tbody></table></div>");
    }

    private static void WriteCharts(StringBuilder page, ExperimentReport report)
    {
        foreach (string variant in report.Series.Select(point => point.Variant).Distinct())
        {
            string chart = LiftChart.Of(variant, report.Series);
            page.Append(chart.Length == 0 ? "" : $"<h2>Cumulated lift of revenue per visitor, {Words.Html(variant)}</h2><p class=\"soft\">The band holds at all daily looks together: it may be watched.</p>{chart}");
        }

        string distribution = RevenueChart.Of(report.Distribution);
        page.Append(distribution.Length == 0 ? "" : $"<h2>How much buyers spent ({Words.Html(report.Currency)})</h2>{distribution}");
    }
}
