using System.Globalization;
using System.Text;
using Aisle.AbReport.Results;
using Aisle.Statistics;

namespace Aisle.AbReport.Page;

/// <summary>The lower part of the page: segments, data health, supplementary figures, method.</summary>
internal static class ReportSections
{
    /// <summary>The primary goal in parts of the visitors.</summary>
    public static void WriteSegments(StringBuilder page, ExperimentReport report)
    {
        if (report.Segments.Count == 0)
        {
            return;
        }

        SharedScale scale = SharedScale.Of(report.Segments.SelectMany(segment => new[] { segment.Comparison.LiftLow, segment.Comparison.LiftHigh }), IntervalDrawing.Width);
        page.Append($"<section><h2>Segments: revenue per visitor</h2><p class=\"soft\">To understand, not to decide: corrected over all "
            + $"rows (Benjamini-Hochberg) at {Words.Share(report.Alpha)}, for one look and not for every day, so a row may say more than "
            + $"the verdict. Devices are seen after the exposure.</p><div class=\"scroll\" tabindex=\"0\" role=\"region\" "
            + $"aria-label=\"Segments\"><table><thead><tr><th scope=\"col\">Segment</th><th scope=\"col\">Variant</th><th "
            + $"scope=\"col\">Visitors</th><th scope=\"col\">Lift</th><th scope=\"col\">Interval of the lift</th><th scope=\"col\">to "
            + $"scale</th><th scope=\"col\">adjusted p</th></tr></thead><tbody>");
        foreach (SegmentResult segment in report.Segments)
        {
            ArmComparison figures = segment.Comparison;
            string interval = figures.LiftLow is null ? Words.None : $"{Words.Lift(figures.LiftLow)} to {Words.Lift(figures.LiftHigh)}";
            page.Append($"<tr><td>{Words.Html($"{segment.Dimension}: {segment.Segment}")}</td><td>{Words.Html(segment.Variant)}</td><td>{Words.Count(segment.Visitors)}</td><td>{Words.Lift(figures.Lift)}</td><td>{interval}</td><td class=\"drawn open\">{IntervalDrawing.Of(figures, scale)}</td><td>{Words.P(segment.AdjustedPValue)}</td></tr>");
        }

        page.Append("</tbody></table></div></section>");
    }

    /// <summary>Whether the data can be judged at all.</summary>
    public static void WriteHealth(StringBuilder page, ExperimentReport report)
    {
        DataHealth health = report.Health;
        string ratio = health.SampleRatio.Status == ComparisonStatus.Ok
            ? $"{(health.SampleRatio.IsMismatch ? "mismatch" : "as planned")} (p {Words.P(health.SampleRatio.PValue)}; watched daily "
                + $"{Words.P(health.SequentialPValue)})"
            : $"no answer: {Words.Plain(health.SampleRatio.Status)}";
        string wrong = report.Experiment.IsAssignedElsewhere ? "cannot be: the visitors were assigned elsewhere" : health.Rederived == 0 ? "nobody was exposed yet" : string.Create(
            CultureInfo.InvariantCulture, $"{health.Rederived - health.Wrong.Values.Sum():N0} of {health.Rederived:N0} logged variants "
                + $"are the ones that salt and buckets give");
        page.Append($"<section><h2>Data health</h2><dl><dt>Sizes of the arms</dt><dd>{ratio}</dd><dt>Assignment derived "
            + $"again</dt><dd>{wrong}</dd><dt>Saw several variants</dt><dd>{Words.Count(health.Mixed)}, left out</dd><dt>More events than "
            + $"a person</dt><dd>{Words.Count(health.Busy)}, left out</dd><dt>Implausible "
            + $"amounts</dt><dd>{Words.Count(health.Implausible)}, left out</dd><dt>Testers and excluded "
            + $"visitors</dt><dd>{Words.Count(health.Excluded)}, left "
            + $"out</dd><dt>Currency</dt><dd>{Words.Html(Currency(report))}</dd>{string.Concat(report.Coverage.Select(Coverage))}</dl></section>");
    }

    private static string Currency(ExperimentReport report) => report.Health switch
    {
        { HasMixedCurrencies: true } health => $"several: no figure of money is given (buyers: {health.CurrenciesInWords})",
        { OtherCurrency: > 0 } health => $"{report.Currency}; {Words.Count(health.OtherCurrency)} who paid in another one left out "
            + $"(buyers: {health.CurrenciesInWords})",
        _ => report.Currency ?? "nobody paid",
    };

    private static string Coverage(CoverageResult result) => result.Comparison is { Status: ComparisonStatus.Ok } figures
        ? $"<dt>Catalogue shown, {Words.Html(result.Variant)}</dt><dd>{Words.Count(figures.RarefiedTreatment)} of "
            + $"{Words.Count(figures.CatalogueSize)} products in {Words.Count(figures.RarefiedAt)} impressions, the control "
            + $"{Words.Count(figures.RarefiedControl)} in as many</dd>"
        : $"<dt>Catalogue shown, {Words.Html(result.Variant)}</dt><dd>no answer: {Words.Plain(result.Comparison.Status)}</dd>";

    /// <summary>Figures that support the decision pairs but take no part.</summary>
    public static void WriteSupplement(StringBuilder page, ExperimentReport report)
    {
        page.Append("<details><summary>Supplementary figures</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" "
            + "aria-label=\"Supplementary figures\"><table><thead><tr><th scope=\"col\">Metric</th><th scope=\"col\">Variant</th><th "
            + "scope=\"col\">Lift, delta method, one look</th><th scope=\"col\">Adjusted by the past (CUPED)</th><th "
            + "scope=\"col\">p</th><th scope=\"col\">Variance saved</th><th scope=\"col\">Largest visitors capped</th><th "
            + "scope=\"col\">Chance to win</th><th scope=\"col\">Lift found with 80 % power</th></tr></thead><tbody>");
        foreach (MetricResult result in report.Metrics.Where(HasSupplement))
        {
            string delta = result.DeltaLift is { } interval ? $"{Words.Lift(interval.Low)} to {Words.Lift(interval.High)}" : Words.None;
            string capped = result.Winsorized is { } winsorized ? $"{Words.Lift(winsorized.Comparison.Lift)} (p "
                + $"{Words.P(winsorized.Comparison.PValue)}; {Words.Count(winsorized.Capped)} at "
                + $"{Words.Figure(winsorized.Cap, Metrics.MetricUnit.Money)})" : Words.None;
            page.Append($"<tr><td>{Words.Html(result.Definition.Label)}</td><td>{Words.Html(result.Variant)}</td><td>{delta}</td><td>{Words.Lift(result.Cuped?.Lift)}</td><td class=\"figure\">{Words.P(result.Cuped?.PValue)}</td><td>{Words.Share(result.Cuped?.VarianceReduction)}</td><td>{capped}</td><td>{Words.Share(result.ChanceToWin)}</td><td>{Words.Lift(result.SmallestLift)}</td></tr>");
        }

        page.Append("</tbody></table></div></details>");
    }

    private static bool HasSupplement(MetricResult result) => result is not { DeltaLift: null, Cuped: null, Winsorized: null, ChanceToWin: null, SmallestLift: null };

    /// <summary>How the figures were made, in plain words.</summary>
    public static void WriteNotes(StringBuilder page, ExperimentReport report) => page.Append(
        $"<details><summary>How to read this</summary><p>A visitor counts from the first exposure on, in the variant shown first. Revenue "
        + $"is purchases less refunds. For each metric one pair decides: p, and the interval of the difference; both must say so, else it "
        + $"is borderline. What p “needs” is what it must not exceed today, so that looking every day until day "
        + $"{Words.Count(report.PlannedDays)} and judging all goals keeps the error at {Words.Share(report.Alpha)} (Lan-DeMets spending "
        + $"after O'Brien and Fleming; {(report.Correction == FamilyCorrection.Holm ? "Holm" : "Benjamini-Hochberg")} over goals and "
        + $"variants); the interval is at the same level. The interval of the lift is Fieller's.</p><p>Means are compared by Welch's "
        + $"test, shares by the pooled z test with Newcombe's interval, ratios by the delta method over visitors, page load times by "
        + $"quantiles whose error knows that one visitor's pages hang together, coverage by buckets of visitors. A guardrail's p tests on "
        + $"one side whether the harm is as large as its margin, the dashed line: unharmed means that it is shown to be smaller, harmed "
        + $"that it is worse and not shown to be smaller. Power is the chance to have found a lift of {Words.Share(report.SmallestLift)} "
        + $"by today. Nothing is decided before {report.MinimumDays} days, and only after whole weeks. Where there is no answer, the "
        + $"reason stands in its place.</p></details>");
}
