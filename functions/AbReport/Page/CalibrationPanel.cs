using System.Globalization;
using System.Text;
using Aisle.AbReport.Results;
using Aisle.Statistics;
using Aisle.Statistics.Calibration;

namespace Aisle.AbReport.Page;

/// <summary>Shows what the goals' tests do on this shop's own visitors when nothing was changed.</summary>
internal static class CalibrationPanel
{
    private const double Width = 160;
    private const double Height = 36;

    /// <summary>The panel; where it was left out, a line that says how to have it.</summary>
    public static void Write(StringBuilder page, ExperimentReport report)
    {
        page.Append("<section><h2>Do the tests keep their word here?</h2>");
        if (report.Calibration.Count == 0)
        {
            page.Append("<p class=\"soft\">Left out for so many visitors; ask for it with <code>?calibrate=true</code> or <code>aisle "
                + "experiments calibrate</code>.</p></section>");
            return;
        }

        long salts = report.Calibration.Max(metric => metric.FalsePositives.Trials + metric.WithoutAnswer);
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">The same visitors divided again by {salts:N0} new salts, so that "
            + $"nothing can be found: a test at {Words.Share(report.Alpha)} should cry wolf so often, and its p-values should lie evenly.</p>");
        page.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Calibration\"><table><thead><tr><th "
            + "scope=\"col\">Metric</th><th scope=\"col\">False positives</th><th scope=\"col\">95 % interval</th><th "
            + "scope=\"col\">Verdict</th><th scope=\"col\">p-values from 0 to 1</th></tr></thead><tbody>");
        foreach (AaCalibration metric in report.Calibration)
        {
            (double Low, double High)? interval = metric.FalsePositives.Interval(0.05);
            page.Append($"<tr><td>{Words.Html(metric.Metric.Replace('_', ' '))}</td><td>{Words.Share(metric.FalsePositives.Rate)}</td><td>{(interval is { } known ? $"{Words.Share(known.Low)} to {Words.Share(known.High)}" : Words.None)}</td><td class=\"left\"><span class=\"pill {(metric.Status != ComparisonStatus.Ok ? "none" : metric.KeepsItsError ? "good" : "open")}\">{Verdict(metric)}</span></td><td>{Histogram(metric)}</td></tr>");
        }

        page.Append("</tbody></table></div></section>");
    }

    private static string Verdict(AaCalibration metric) => metric switch
    {
        { Status: not ComparisonStatus.Ok } => $"no answer: {Words.Plain(metric.Status)}",
        { KeepsItsError: false } => "does not keep its error",
        { IsUniform: false } => "keeps its error; p-values uneven, as few buyers make them",
        _ => "keeps its error",
    };

    private static string Histogram(AaCalibration metric)
    {
        int most = metric.Histogram.Max();
        if (most == 0)
        {
            return $"<span class=\"none\">{Words.None}</span>";
        }

        double slot = Width / metric.Histogram.Count;
        StringBuilder svg = new();
        svg.Append($"<svg role=\"img\" viewBox=\"0 0 {Words.Px(Width)} {Words.Px(Height)}\" width=\"{Words.Px(Width)}\" "
            + $"height=\"{Words.Px(Height)}\" aria-label=\"Histogram of p-values of {Words.Html(metric.Metric.Replace('_', ' '))}: "
            + $"{string.Join(", ", metric.Histogram)}\">");
        foreach ((int bar, int count) in metric.Histogram.Index())
        {
            double height = Height * count / most;
            svg.Append($"<rect class=\"arm{(bar == 0 ? 2 : 0)}\" x=\"{Words.Px(slot * bar)}\" y=\"{Words.Px(Height - height)}\" "
                + $"width=\"{Words.Px(slot - 1)}\" height=\"{Words.Px(height)}\"/>");
        }

        return svg.Append("</svg>").ToString();
    }
}
