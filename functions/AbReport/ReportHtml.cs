using System.Globalization;
using System.Net;
using System.Text;

using Aisle.Statistics;

namespace Aisle.AbReport;

/// <summary>A report for people: one page that needs nothing from elsewhere.</summary>
internal static class ReportHtml
{
    private const string Style =
        """
        body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
        table{border-collapse:collapse;width:100%}th,td{padding:.4rem .6rem;border-bottom:1px solid #ccc;text-align:right}
        th:first-child,td:first-child,th:nth-child(2),td:nth-child(2){text-align:left}caption{text-align:left;font-weight:600;padding:.6rem 0}
        .higher{color:#05603a;font-weight:600}.lower{color:#912018;font-weight:600}
        @media(prefers-color-scheme:dark){body{background:#16181a;color:#e8e8e8}th,td{border-color:#444}.higher{color:#6ce9a6}.lower{color:#fda29b}}
        """;

    /// <summary>The report as a page.</summary>
    public static ReadOnlyMemory<byte> Write(ExperimentReport report)
    {
        StringBuilder page = new();
        string key = WebUtility.HtmlEncode(report.Experiment.Key);
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{key}</title><style>{Style}</style></head><body><main>");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{key}</h1><p>{WebUtility.HtmlEncode(report.Experiment.Description ?? "")}</p>");
        page.Append(CultureInfo.InvariantCulture, $"<p>{report.Experiment.StartsAt:yyyy-MM-dd HH:mm} to {report.Until:yyyy-MM-dd HH:mm} UTC, {report.Days:0.#} days; error {report.Alpha:0.##}, two-sided.</p><h2>What it says</h2><ul>");
        foreach (string sentence in report.Conclusions)
        {
            page.Append(CultureInfo.InvariantCulture, $"<li>{WebUtility.HtmlEncode(sentence)}</li>");
        }

        page.Append("</ul>");
        WriteMetrics(page, report);
        WriteUsers(page, report);
        page.Append("</main></body></html>");
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    private static void WriteMetrics(StringBuilder page, ExperimentReport report)
    {
        page.Append("<table><caption>Metrics against the control</caption><thead><tr><th scope=\"col\">Metric</th><th scope=\"col\">Variant</th><th scope=\"col\">Control</th><th scope=\"col\">Variant</th><th scope=\"col\">Lift</th><th scope=\"col\">Interval of the lift</th><th scope=\"col\">p</th><th scope=\"col\">Verdict</th></tr></thead><tbody>");
        foreach (MetricResult result in report.Metrics)
        {
            ArmComparison figures = result.Comparison;
            string verdict = ReportJson.Word(result.Verdict);
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{WebUtility.HtmlEncode($"{result.Metric.Replace('_', ' ')} ({result.Unit})")}</td><td>{WebUtility.HtmlEncode(result.Variant)}</td>");
            page.Append(CultureInfo.InvariantCulture, $"<td>{Number(figures.Control)}</td><td>{Number(figures.Treatment)}</td><td>{Share(figures.Lift)}</td>");
            page.Append(CultureInfo.InvariantCulture, $"<td>{Share(figures.LiftLow)} to {Share(figures.LiftHigh)}</td><td>{(figures.PValue < 0.0001 ? "&lt; 0.0001" : Number(figures.PValue))}</td><td class=\"{verdict}\">{verdict.Replace('_', ' ')}</td></tr>");
        }

        page.Append("</tbody></table>");
    }

    private static void WriteUsers(StringBuilder page, ExperimentReport report)
    {
        page.Append("<table><caption>Visitors</caption><thead><tr><th scope=\"col\">Variant</th><th scope=\"col\">Visitors</th></tr></thead><tbody>");
        foreach ((string variant, long users) in report.Users)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{WebUtility.HtmlEncode(variant)}</td><td>{users}</td></tr>");
        }

        page.Append(CultureInfo.InvariantCulture, $"</tbody></table><p>Sample ratio: p = {Number(report.SampleRatio.PValue)}. Visitors who saw several variants and are left out: {report.MixedUsers}.</p>");
    }

    private static string Number(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "–";

    private static string Share(double? value) => value?.ToString("+0.0%;-0.0%;0.0%", CultureInfo.InvariantCulture) ?? "–";
}
