using System.Globalization;
using Aisle.Evaluation.Metrics;
using Aisle.Statistics.Calibration;

namespace Aisle.RetrainTrigger.Drift;

/// <summary>Says which differences between a day and the days before count.</summary>
/// <param name="options">The thresholds.</param>
internal sealed class DriftJudge(DriftOptions options)
{
    /// <summary>What <see cref="Ports.Alert.Kind"/> begins with for a shelf that is clicked less than before.</summary>
    public const string ClickKind = "clicks_";

    private const double Alpha = 0.01;

    private string TooLittle => Text(
        $"Too few slates were served to say anything: {options.MinSlates} are needed on the day, and as many on the days before. Look again when a whole day (UTC) with as many is over, or lower min_slates.");

    /// <summary>All findings: scores, strategies, categories, prices, then the click rate of each shelf.</summary>
    public IReadOnlyList<DriftFinding> Judge(ServedSpan before, ServedSpan now)
    {
        bool isEnough = now.Slates >= options.MinSlates && before.Slates >= options.MinSlates;
        return
        [
            Index("drift_scores", "The scores that were shown", isEnough, before.Scores, now.Scores),
            Index("drift_strategies", "The mix of strategies", isEnough, before.Strategies, now.Strategies),
            Index("drift_categories", "The mix of categories shown", isEnough, before.Categories, now.Categories),
            Index("drift_prices", "The mix of prices shown", isEnough, before.Prices, now.Prices),
            .. before.Surfaces.Keys.Union(now.Surfaces.Keys).Order(StringComparer.Ordinal)
                .Select(surface => Clicks(surface, before.Surfaces.GetValueOrDefault(surface), now.Surfaces.GetValueOrDefault(surface))),
        ];
    }

    private DriftFinding Index<T>(string kind, string what, bool isEnough, IReadOnlyDictionary<T, long> before, IReadOnlyDictionary<T, long> now)
        where T : notnull
    {
        if (!isEnough || StabilityIndex.OfCounts(before, now) is not { } index)
        {
            return new DriftFinding(kind, null, null, null, IsDrifted: false, TooLittle);
        }

        bool isDrifted = !(index < options.MaxStabilityIndex);
        string message = Text($"{what} moved by {index:0.00} against the days before (stability index; {options.MaxStabilityIndex:0.00} counts as a major shift).");
        return new DriftFinding(
            kind, index, null, options.MaxStabilityIndex, isDrifted,
            isDrifted ? message + " Look at what changed that day: model versions (GET /v1/runs), rules, experiments, the catalogue; to "
                + "go back a model, POST /v1/models/rollback." : message);
    }

    // A fall counts when it is large and when chance does not explain it: the usual rate lies above the day's whole 99 % interval.
    private DriftFinding Clicks(string surface, (long Slates, long Clicked) before, (long Slates, long Clicked) now)
    {
        string kind = ClickKind + surface;
        BinomialRate past = new(before.Clicked, before.Slates);
        BinomialRate today = new(now.Clicked, now.Slates);
        if (now.Slates < options.MinSlates || before.Slates < options.MinSlates || past.Rate is not { } usual || today.Rate is not { } rate)
        {
            return new DriftFinding(kind, today.Rate, past.Rate, null, IsDrifted: false, TooLittle);
        }

        double limit = usual * (1 - options.MaxClickDrop);
        bool isDrifted = rate < limit && today.Interval(Alpha) is { } interval && interval.High < usual;
        string message = Text($"{rate:P2} of the slates of '{surface}' were clicked, {usual:P2} on the days before; below {limit:P2} counts as a fall.");
        return new DriftFinding(
            kind, rate, usual, limit, isDrifted,
            isDrifted ? message + " See that clicks still arrive with their slate_id, then what changed that day: models, rules, "
                + "experiments, the page." : message);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
