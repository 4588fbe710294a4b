using System.Globalization;
using System.Text;
using Aisle.AbReport.Results;

namespace Aisle.AbReport.Page;

/// <summary>A report for tickets and chats.</summary>
internal static class ReportMarkdown
{
    /// <summary>The report as Markdown.</summary>
    public static ReadOnlyMemory<byte> Write(ExperimentReport report)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {Cell(report.Experiment.Key)}\n\n**{Cell(report.Verdict.Sentence)}**\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{report.Experiment.StartsAt:yyyy-MM-dd} to {report.Until:yyyy-MM-dd} UTC, "
            + $"{report.Days:0.#} of {report.PlannedDays:0.#} days; ");
        text.Append(string.Join(", ", report.Users.Select(arm => $"{Cell(arm.Variant)} {Words.Count(arm.Users)} visitors"))).Append(".\n\n");
        text.Append("| metric | variant | control | treatment | lift | interval of the lift | p | needed | verdict "
            + "|\n|---|---|--:|--:|--:|--:|--:|--:|---|\n");
        ILookup<bool, IGrouping<string, MetricResult>> metrics = report.Metrics.GroupBy(result => result.Metric).ToLookup(MetricTable.HasAnswer);
        foreach (MetricResult result in metrics[true].SelectMany(variants => variants))
        {
            string interval = result.Comparison.LiftLow is null ? Words.None : $"{Words.Lift(result.Comparison.LiftLow)} to "
                + $"{Words.Lift(result.Comparison.LiftHigh)}";
            text.Append($"| {Cell(result.Definition.Label)} | {Cell(result.Variant)} | "
                + $"{Words.FigureWithUnit(result.Comparison.Control, result)} | "
                + $"{Words.FigureWithUnit(result.Comparison.Treatment, result)} | {Words.Lift(result.Comparison.Lift)} | {interval} | "
                + $"{P(result)} | {Words.Level(result.NeededPValue)} | {VerdictWords.Of(result)} |\n");
        }

        string[] unanswered = [.. metrics[false].Select(variants => $"{variants.First().Definition.Label}: "
            + $"{Words.Plain(variants.First().Comparison.Status)}")];
        text.Append(unanswered.Length == 0 ? "" : $"\nNo answer: {Cell(string.Join("; ", unanswered))}.\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string P(MetricResult result) => MetricTable.Tested(result) is { Length: > 0 } tested
        ? $"{Words.P(MetricTable.Shown(result))} ({tested})"
        : Words.P(MetricTable.Shown(result));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
