using System.Text;
using Aisle.AbReport.Metrics;
using Aisle.AbReport.Results;

namespace Aisle.AbReport.Page;

/// <summary>A report for people: one page that needs nothing from elsewhere, the verdict first.</summary>
internal static class ReportHtml
{
    /// <summary>The report as a page.</summary>
    public static ReadOnlyMemory<byte> Write(ExperimentReport report)
    {
        StringBuilder page = new();
        string key = Words.Html(report.Experiment.Key);
        page.Append($"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
            + $"content=\"width=device-width,initial-scale=1\"><title>{key}: "
            + $"{Words.Plain(report.Verdict.Kind)}</title><style>{ReportStyle.Css}</style></head><body><main>");
        page.Append($"<header><p class=\"soft\">Experiment, "
            + $"{Words.Plain(report.Experiment.State)}</p><h1>{key}</h1><p>{Words.Html(report.Experiment.Description)}</p></header>");
        VerdictSection.Write(page, report);
        MetricTable.Write(page, report, "Goals", $"The error is {Words.Share(report.Alpha)} over all goals, variants and daily looks "
            + "together: p must not exceed what today needs, and the interval says the same.", MetricRole.Goal);
        MetricTable.Write(page, report, "Guardrails", "What must not get worse by more than its margin.", MetricRole.Guardrail);
        WriteCharts(page, report);
        MetricTable.Write(page, report, "To understand them", "No decision hangs on these.", MetricRole.Supporting);
        ReportSections.WriteSegments(page, report);
        ReportSections.WriteHealth(page, report);
        CalibrationPanel.Write(page, report);
        ReportSections.WriteSupplement(page, report);
        ReportSections.WriteNotes(page, report);
        page.Append("</main></body></html>");
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    private static void WriteCharts(StringBuilder page, ExperimentReport report)
    {
        foreach (string variant in report.Series.Select(point => point.Variant).Distinct())
        {
            string chart = LiftChart.Of(variant, report.Series);
            page.Append(chart.Length == 0 ? "" : $"<section><h2>Lift of revenue per visitor over time, {Words.Html(variant)}</h2><p "
                + "class=\"soft\">All visitors up to each day. The band holds at all daily looks together, so it may be "
                + $"watched.</p>{chart}</section>");
        }

        string distribution = RevenueChart.Of(report.Distribution);
        page.Append(distribution.Length == 0 ? "" : $"<section><h2>How much buyers spent</h2><p class=\"soft\">Share of each variant's "
            + $"buyers by what they spent in all ({Words.Html(report.Currency)}).</p>{distribution}</section>");
    }
}
