using System.Globalization;
using Aisle.AbReport.Figures;
using Aisle.AbReport.Metrics;
using Aisle.AbReport.Results;
using Aisle.Sql;
using Aisle.Statistics.Planning;

namespace Aisle.AbReport.Verdicts;

/// <summary>
/// Reads the verdict off the figures by rules that anyone can check: first whether there can be one, then whether time enough has
/// passed, then guardrails, then the primary goal.
/// </summary>
/// <param name="options">How it is judged.</param>
internal sealed class VerdictRules(AbReportOptions options)
{
    // Whole weeks are meant to the hour: nobody stops an experiment on the second.
    private const double HourOfDay = 1.0 / 24;

    /// <summary>Reasons why no figure of the experiment means anything; empty when it can be judged.</summary>
    public IReadOnlyList<VerdictReason> Faults(DataHealth health, IReadOnlyList<(string Variant, long Users)> users, Progress progress)
    {
        List<VerdictReason> faults = [];
        if (health.SampleRatio.IsMismatch)
        {
            faults.Add(Reason(
                "sample_ratio_mismatch",
                $"The arms do not have the sizes they should (p = {health.SampleRatio.PValue:0.######}; {Sizes(health, users)}): find out which visitors were lost before reading any result."));
        }

        if (health.WrongShare > options.MostWrongAssignments)
        {
            faults.Add(Reason(
                "wrong_assignment",
                $"{health.Wrong.Values.Sum()} of {health.Rederived} visitors were logged with another variant than salt and buckets give them: the assignment in the shop is broken."));
        }

        long all = users.Sum(arm => arm.Users) + health.Mixed;
        if (all > 0 && health.Mixed > options.MostMixedVisitors * all)
        {
            faults.Add(Reason("several_variants", $"{health.Mixed} of {all} visitors saw several variants: the assignment id does not stay with the visitor."));
        }

        if (health.LeftOut > LeftOutVisitors.Most)
        {
            faults.Add(Reason(
                "too_many_left_out",
                $"{health.LeftOut} visitors are left out as testers, as programs, for implausible amounts or another currency, more than {LeftOutVisitors.Most}: find out who they are, or stop them before they are exposed."));
        }

        if (health.HasMixedCurrencies)
        {
            faults.Add(Reason("mixed_currencies", $"Revenue came in several currencies, which cannot be added, and more than {options.MostOtherCurrencies:0.#%} of the buyers paid in another than most (buyers: {health.CurrenciesInWords}): run one experiment for each currency, convert before sending, or correct the events that name a wrong one."));
        }

        if (progress.IsOver && (!Decides(progress) || !IsWholeWeeks(progress.Days)))
        {
            faults.Add(Reason(
                "not_whole_weeks",
                $"The experiment ran {progress.Days:0.#} days; it must run whole weeks and at least {options.MinimumDays} days, so that every weekday counts alike."));
        }

        return faults;
    }

    /// <summary>Whether time enough has passed for a verdict.</summary>
    public bool Decides(Progress progress) => progress.Days >= options.MinimumDays - HourOfDay;

    /// <summary>The verdict.</summary>
    public ReportVerdict Judge(
        IReadOnlyList<VerdictReason> faults, IReadOnlyList<MetricResult> metrics,
        IReadOnlyList<(string Variant, long Users)> users, Progress progress)
    {
        MetricResult[] primary = [.. metrics.Where(metric => metric.Metric == metrics[0].Metric)];
        bool isTooGood = metrics.Any(metric => metric.Definition.Role == MetricRole.Goal && metric.Verdict is MetricVerdict.Higher or MetricVerdict.Lower
            && Math.Abs(metric.Comparison.Lift ?? 0) > options.TooGoodLift);
        if (faults.Count > 0)
        {
            return new ReportVerdict(VerdictKind.Invalid, null, $"Invalid: {faults[0].Text}", faults, isTooGood);
        }

        if (primary.Length == 0 || users.Any(arm => arm.Users == 0))
        {
            string[] missing = [.. users.Where(arm => arm.Users == 0).Select(arm => arm.Variant)];
            VerdictReason none = Reason("no_visitors", $"No visitor was counted in {string.Join(" and ", missing)} yet: check that the experiment runs and that its slates are asked for.");
            return new ReportVerdict(VerdictKind.KeepRunning, null, $"Keep running: {none.Text}", [none], false);
        }

        if (!Decides(progress))
        {
            VerdictReason early = Reason("too_early", $"{progress.Days:0.#} of at least {options.MinimumDays} days have passed; weekdays and weekends must both be in, twice.");
            return More(new ReportVerdict(VerdictKind.KeepRunning, null, $"Keep running: {early.Text}", [early], isTooGood), primary[0], users, progress);
        }

        VerdictReason[] harms = [.. Harms(metrics)];
        if (harms.Length > 0)
        {
            return new ReportVerdict(VerdictKind.Invalid, null, $"Invalid, do not ship: {harms[0].Text}", harms, isTooGood);
        }

        return Decide(primary, metrics, users, progress, isTooGood);
    }

    private ReportVerdict Decide(
        MetricResult[] primary, IReadOnlyList<MetricResult> metrics, IReadOnlyList<(string Variant, long Users)> users, Progress progress, bool isTooGood)
    {
        MetricVerdict better = primary[0].Definition.IsHigherBetter ? MetricVerdict.Higher : MetricVerdict.Lower;
        if (primary.Where(result => result.Verdict == better).MaxBy(result => Math.Abs(result.Comparison.Lift ?? 0)) is { } winner)
        {
            if (!IsWholeWeeks(progress.Days))
            {
                return Wait(winner, progress, isTooGood);
            }

            List<VerdictReason> reasons = [Says("primary_better", winner)];
            MetricResult[] guardrails = [.. metrics.Where(result => result.Variant == winner.Variant && result.Definition.Role == MetricRole.Guardrail)];
            AddNames(reasons, "guardrail_open", "Neither shown to stay within its margin nor to be harmed", guardrails, verdict => verdict is not (MetricVerdict.Unharmed or MetricVerdict.NoAnswer));
            AddNames(reasons, "guardrail_unanswered", "Guardrails without an answer", guardrails, verdict => verdict == MetricVerdict.NoAnswer);
            string flag = isTooGood ? " But the effect is too good to be true: look for a fault of measurement before you ship." : "";
            return new ReportVerdict(VerdictKind.Ship, winner.Variant, $"Ship {winner.Variant}: {reasons[0].Text}{flag}", reasons, isTooGood);
        }

        if (primary.All(result => result.Verdict is not (MetricVerdict.KeepRunning or MetricVerdict.Borderline or MetricVerdict.NoAnswer)))
        {
            VerdictReason worse = Says("primary_worse", primary[0]);
            return new ReportVerdict(VerdictKind.DoNotShip, null, $"Do not ship: {worse.Text}", [worse], isTooGood);
        }

        MetricResult open = primary.First(result => result.Verdict is MetricVerdict.KeepRunning or MetricVerdict.Borderline or MetricVerdict.NoAnswer);
        if (progress.IsOver && open.Verdict != MetricVerdict.NoAnswer)
        {
            VerdictReason none = Reason(
                "no_effect_found",
                $"{open.Definition.Label} of {open.Variant} does not differ enough to tell ({Range(open)}), and the time is over{(open.SmallestLift is { } found ? Text($"; with so many visitors a lift of {found:0.0%} would have been found") : "")}.");
            return new ReportVerdict(VerdictKind.DoNotShip, null, $"Do not ship: {none.Text}", [none], isTooGood);
        }

        VerdictReason undecided = open.Verdict == MetricVerdict.NoAnswer
            ? Reason("no_answer", $"{open.Definition.Label} has no answer ({open.Comparison.Status}).")
            : Reason(open.Verdict == MetricVerdict.Borderline ? "borderline" : "undecided", $"{open.Definition.Label} of {open.Variant} can still be {Range(open)}.");
        return More(new ReportVerdict(VerdictKind.KeepRunning, null, $"Keep running: {undecided.Text}", [undecided], isTooGood), open, users, progress);
    }

    private static void AddNames(List<VerdictReason> reasons, string code, string what, MetricResult[] guardrails, Func<MetricVerdict, bool> belongs)
    {
        string[] names = [.. guardrails.Where(result => belongs(result.Verdict)).Select(result => result.Definition.Label.Split(" (")[0].ToLowerInvariant())];
        if (names.Length > 0)
        {
            reasons.Add(Reason(code, $"{what}: {string.Join("; ", names)}."));
        }
    }

    // A boundary may be crossed on any day; it is decided on when every weekday is in alike.
    private static ReportVerdict Wait(MetricResult winner, Progress progress, bool isTooGood)
    {
        long days = (long)Math.Ceiling((7 * Math.Ceiling(progress.Days / 7)) - progress.Days);
        VerdictReason better = Says("week_incomplete", winner);
        return new ReportVerdict(VerdictKind.KeepRunning, null, Text($"Keep running: {better.Text} The week must be whole before that decides: look again in {days} days."), [better], isTooGood)
        {
            MoreDays = days,
        };
    }

    private static IEnumerable<VerdictReason> Harms(IReadOnlyList<MetricResult> metrics) =>
        metrics.Where(result => result.Verdict == MetricVerdict.Harmed).Select(result => Reason(
            "guardrail_harmed", $"{result.Definition.Label} of {result.Variant} is worse{By(result)} ({Range(result)})."));

    private ReportVerdict More(
        ReportVerdict verdict, MetricResult primary, IReadOnlyList<(string Variant, long Users)> users, Progress progress)
    {
        (long control, long treatment) = (users[0].Users, users.First(arm => arm.Variant == primary.Variant).Users);
        if (primary.Comparison is not { Control: { } mean and not 0, StandardError: > 0 and { } error } || control == 0 || treatment == 0 || progress.Days <= 0)
        {
            return verdict;
        }

        // Both arms with the same variance between visitors: the one that gives the standard error seen.
        double ratio = (double)treatment / control;
        double deviation = error * Math.Sqrt(control * ratio / (1 + ratio));
        double pace = users.Sum(arm => arm.Users) / progress.Days;
        SampleSize size = SampleSize.OfMean(mean, deviation, new SampleSizePlan(options.SmallestLift, options.Alpha, 0.8, ratio, true, pace, users.Count));
        if (size.TotalUsers is not { } needed)
        {
            return verdict;
        }

        long visitors = Math.Max(needed - users.Sum(arm => arm.Users), 0);
        long left = Math.Max((long)Math.Ceiling(visitors / pace), (long)Math.Ceiling(Math.Max(progress.Planned - progress.Days, 0)));
        string tail = visitors == 0
            ? $" Visitors enough for a lift of {options.SmallestLift.ToString("0%", CultureInfo.InvariantCulture)} have come; {left} days "
                + "remain of the plan."
            : Text($" To find a lift of {options.SmallestLift:0%} it needs about {visitors:N0} more visitors, {left} days at the pace so far.");
        return verdict with { Sentence = verdict.Sentence + tail, MoreVisitors = visitors, MoreDays = left };
    }

    private static VerdictReason Says(string code, MetricResult result) => Reason(
        code, $"{result.Definition.Label} of {result.Variant} is {(result.Comparison.Difference > 0 ? "higher" : "lower")}{By(result)} ({Range(result)}).");

    // Over a control of 0 there is no lift.
    private static string By(MetricResult result) => result.Comparison.Lift is { } lift ? Text($" by {Math.Abs(lift):0.0%}") : "";

    private static string Range(MetricResult result) => result.Comparison is { LiftLow: { } low, LiftHigh: { } high }
        ? Text($"between {low:+0.0%;-0.0%;0.0%} and {high:+0.0%;-0.0%;0.0%} of the control")
        : Text($"between {result.Comparison.Low:+0.####;-0.####;0} and {result.Comparison.High:+0.####;-0.####;0} {result.Unit}");

    private static string Sizes(DataHealth health, IReadOnlyList<(string Variant, long Users)> users) => string.Join(
        ", ", users.Index().Select(arm => Text($"{arm.Item.Variant} has {arm.Item.Users} instead of {health.SampleRatio.Expected?[arm.Index]:0}")));

    private static bool IsWholeWeeks(double days) => Math.Abs(days - (7 * Math.Round(days / 7))) <= HourOfDay;

    private static VerdictReason Reason(string code, FormattableString text) => new(code, Text(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
