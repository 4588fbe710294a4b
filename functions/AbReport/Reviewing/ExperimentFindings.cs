using System.Globalization;
using Aisle.AbReport.Page;
using Aisle.AbReport.Results;
using Aisle.Alerts;
using Aisle.Experiments;

namespace Aisle.AbReport.Reviewing;

/// <summary>What a report gives reason to tell.</summary>
public static class ExperimentFindings
{
    /// <summary>What <see cref="Finding.Kind"/> says of data that no figure can be read from, such as arms of the wrong size.</summary>
    public const string InvalidKind = "experiment_invalid";

    /// <summary>What <see cref="Finding.Kind"/> says of a guardrail that is harmed.</summary>
    public const string GuardrailKind = "experiment_guardrail";

    /// <summary>What <see cref="Finding.Kind"/> says of a decision: a boundary was crossed, or the time is over.</summary>
    public const string DecidedKind = "experiment_decided";

    private const string HarmedCode = "guardrail_harmed";

    // Whoever stops an experiment early knows it; that nothing can be read from it is said with its end.
    private const string EarlyCode = "not_whole_weeks";

    /// <summary>The findings of a report: whether the data can be judged; if so, whether a guardrail is harmed; and the decision, where there is one.</summary>
    /// <param name="report">What the experiment has shown.</param>
    /// <param name="isOver">Whether it ended or was stopped: then its verdict is the last one, whatever it says.</param>
    public static IEnumerable<Finding> Of(ExperimentReport report, bool isOver)
    {
        ArgumentNullException.ThrowIfNull(report);
        Experiment experiment = report.Experiment;
        ReportVerdict verdict = report.Verdict;
        VerdictReason[] wrong = verdict.Kind == VerdictKind.Invalid ? [.. verdict.Reasons] : [];
        VerdictReason[] harms = [.. wrong.Where(reason => reason.Code == HarmedCode)];
        VerdictReason[] faults = [.. wrong.Where(reason => reason.Code is not (HarmedCode or EarlyCode))];
        yield return Standing(experiment, InvalidKind, faults, "Its data can be judged again.");
        if (wrong.Length == harms.Length)
        {
            yield return Standing(experiment, GuardrailKind, harms, "No guardrail is harmed any more."); // of data that cannot be judged nobody knows
        }

        if (isOver || verdict.Kind is VerdictKind.Ship or VerdictKind.DoNotShip)
        {
            yield return Decision(report, isOver);
        }
    }

    private static Finding Standing(Experiment experiment, string kind, VerdictReason[] reasons, string allWell) => new(
        kind, reasons.Length > 0,
        reasons.Length > 0
            ? $"Experiment '{experiment.Key}': {string.Join(' ', reasons.Select(reason => reason.Text))} {Remedy(experiment)}"
            : $"Experiment '{experiment.Key}': {allWell}")
    {
        Subject = experiment.Key,
    };

    // Each decision is told once: one that changes is another.
    private static Finding Decision(ExperimentReport report, bool isOver)
    {
        Experiment experiment = report.Experiment;
        ReportVerdict verdict = report.Verdict;
        string state = (isOver, experiment.StoppedAt) switch
        {
            (false, _) => Text($", by {report.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC"), // a report of another moment may not have a whole week
            (true, { } stopped) when stopped < experiment.EndsAt => Text($" was stopped at {stopped.UtcDateTime:yyyy-MM-dd HH:mm} UTC"),
            _ => Text($" ended at {experiment.EndsAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC"),
        };
        string sentence = isOver && verdict.Kind == VerdictKind.KeepRunning
            ? $"Nothing was decided: {string.Join(' ', verdict.Reasons.Select(reason => reason.Text))}" // there is no more running to be kept
            : verdict.Sentence;
        return new Finding(DecidedKind, IsRaised: true, $"Experiment '{experiment.Key}'{state}: {sentence} {Remedy(experiment)}")
        {
            Subject = verdict.Variant is { } variant ? $"{experiment.Key}:{Words.Wire(verdict.Kind)}:{variant}" : $"{experiment.Key}:{Words.Wire(verdict.Kind)}",
            IsUrgent = false,
        };
    }

    private static string Remedy(Experiment experiment) => $"Read GET /v1/experiments/{experiment.Key}/report (aisle report {experiment.Key}).";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
