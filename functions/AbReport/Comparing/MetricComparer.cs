using Aisle.AbReport.Figures;
using Aisle.AbReport.Metrics;
using Aisle.AbReport.Results;
using Aisle.AbReport.Verdicts;
using Aisle.Statistics;

namespace Aisle.AbReport.Comparing;

/// <summary>Compares every metric of every variant with the control: goals as one family, guardrails each on one side.</summary>
/// <param name="data">The sums.</param>
/// <param name="judge">Compares one.</param>
/// <param name="levels">What p must not exceed at this look.</param>
/// <param name="options">How it is judged.</param>
internal sealed class MetricComparer(ExperimentData data, MetricJudge judge, DecisionLevels levels, AbReportOptions options)
{
    private readonly ArmSums _control = data.ArmOf(data.Experiment.Variants[0].Name);

    /// <summary>Whether money came in several currencies, so that no figure of it has an answer.</summary>
    public required bool HasMixedCurrencies { get; init; }

    /// <summary>Whether the experiment's data cannot be judged at all: figures without verdicts.</summary>
    public required bool IsInvalid { get; init; }

    /// <summary>Whether time enough has passed for verdicts.</summary>
    public required bool Decides { get; init; }

    /// <summary>The results, metric by metric and in it variant by variant.</summary>
    public MetricResult[] Compare(IReadOnlyList<MetricDefinition> metrics)
    {
        (MetricDefinition Metric, string Variant)[] all =
        [
            .. from metric in metrics
               where CoverageFigures.Applies(metric, data.Experiment)
               from variant in data.Experiment.Variants.Skip(1)
               select (metric, variant.Name),
        ];
        double?[] goals = [.. all.Select(one => one.Metric.Role == MetricRole.Goal ? At(one.Metric, one.Variant, options.Alpha).PValue : null)];
        IReadOnlyList<double> level = levels.Of(goals, options.Alpha, options.Correction);
        MultipleTests family = options.Correction == FamilyCorrection.Holm
            ? MultipleTests.Holm(goals, options.Alpha)
            : MultipleTests.BenjaminiHochberg(goals, options.Alpha);
        double guarded = 2 * levels.Nominal(options.Alpha, isTwoSided: false); // of this level one side is a guardrail's
        return [.. all.Select((one, i) => Result(one.Metric, one.Variant, one.Metric.Role == MetricRole.Guardrail ? guarded : level[i], family.Adjusted[i]))];
    }

    private ArmComparison At(MetricDefinition metric, string variant, double level) => HasMixedCurrencies && metric.Unit == MetricUnit.Money
        ? new ArmComparison { Status = ComparisonStatus.InvalidInput }
        : judge.Compare(metric, _control, data.ArmOf(variant), level);

    private MetricResult Result(MetricDefinition metric, string variant, double level, double? adjusted)
    {
        ArmComparison comparison = At(metric, variant, level);
        MetricResult result = new(metric, judge.Unit(metric), variant, comparison, MetricVerdict.NoAnswer) { Level = level, AdjustedPValue = adjusted };
        if (comparison.Status is ComparisonStatus.InvalidInput or ComparisonStatus.NoData)
        {
            return result;
        }

        result = judge.Supplement(result, _control, data.ArmOf(variant));
        return result with
        {
            Verdict = MetricVerdicts.Of(result, IsInvalid, Decides),
            Winsorized = metric.Key == StandardMetrics.All[0].Key ? RevenueFigures.Winsorized(data, variant, judge.MinorUnits, level, options) : null,
        };
    }
}
