using Aisle.AbReport.Figures;
using Aisle.AbReport.Metrics;
using Aisle.AbReport.Results;
using Aisle.Events;
using Aisle.Numerics;
using Aisle.Statistics;
using Aisle.Statistics.Adjustment;
using Aisle.Statistics.Lift;

namespace Aisle.AbReport.Comparing;

/// <summary>Compares one metric of one variant with the control.</summary>
/// <param name="metrics">All metrics of the report.</param>
/// <param name="currency">The currency of all amounts; null where nobody paid.</param>
/// <param name="options">How it is judged.</param>
internal sealed class MetricJudge(IReadOnlyList<MetricDefinition> metrics, string? currency, AbReportOptions options)
{
    private readonly double _minor = Math.Pow(10, currency is null ? 2 : Money.Digits(currency));

    /// <summary>Minor units in a unit of the currency.</summary>
    public double MinorUnits => _minor;

    /// <summary>The decision pair: p, and the interval at an error.</summary>
    public ArmComparison Compare(MetricDefinition metric, ArmSums control, ArmSums treatment, double level) => metric.Kind switch
    {
        MetricKind.Mean => ArmComparison.OfMeans(control.Mean(metric.Numerator, Scale(metric)), treatment.Mean(metric.Numerator, Scale(metric)), level),
        MetricKind.Ratio => ArmComparison.OfRatios(Ratio(metric, control), Ratio(metric, treatment), level),
        MetricKind.Quantile or MetricKind.Coverage => ArmComparison.OfMeans(Mean(metric, control), Mean(metric, treatment), level),
        _ => Shares(control.Visitors, (double)control.Sum(metric.Numerator), treatment.Visitors, (double)treatment.Sum(metric.Numerator), level),
    };

    /// <summary>The figures that support a decision but do not take part in it.</summary>
    public MetricResult Supplement(MetricResult result, ArmSums control, ArmSums treatment)
    {
        MetricDefinition metric = result.Definition;
        (ArmMean baseline, ArmMean judged) = (Mean(metric, control), Mean(metric, treatment));
        RelativeLift lift = RelativeLift.Of(baseline, judged, options.Alpha);
        BayesianLift? belief = lift is { Status: ComparisonStatus.Ok, StandardError: > 0 and { } error, Lift: { } estimate }
            ? BayesianLift.Of(estimate, error, null, !metric.IsHigherBetter, options.Alpha)
            : null;
        return result with
        {
            DeltaLift = lift.Delta,
            ChanceToWin = belief?.ChanceToWin,
            Cuped = Cuped(metric, control, treatment),
            Guardrail = metric.Role == MetricRole.Guardrail
                ? NonInferiority.Of(baseline, judged, metric.Margin, true, metric.IsHigherBetter, options.Alpha)
                : null,
            Power = Power(baseline, judged, options.SmallestLift, result.Level),
            SmallestLift = SmallestLift(baseline, judged, result.Level),
        };
    }

    /// <summary>The unit in words.</summary>
    public string Unit(MetricDefinition metric) => metric.Unit switch
    {
        MetricUnit.Money => currency ?? "units",
        MetricUnit.Share => "share",
        MetricUnit.Seconds => "s",
        MetricUnit.Milliseconds => "ms",
        _ => "number",
    };

    private double Scale(MetricDefinition metric) => metric.Unit == MetricUnit.Money ? _minor : 1;

    private ArmRatio Ratio(MetricDefinition metric, ArmSums arm) => arm.Ratio(metric.Numerator, metric.Denominator!, Scale(metric));

    private ArmMean Mean(MetricDefinition metric, ArmSums arm) => metric.Kind switch
    {
        MetricKind.Mean => arm.Mean(metric.Numerator, Scale(metric)),
        MetricKind.Ratio => Ratio(metric, arm).Linearised(),
        MetricKind.Quantile or MetricKind.Coverage => Estimate(metric, arm),
        _ => ArmMean.FromProportion(arm.Visitors, (double)arm.Sum(metric.Numerator)),
    };

    private ArmMean Estimate(MetricDefinition metric, ArmSums arm)
    {
        ArmMean estimate = arm.Estimate(metric.Key);
        double scale = Scale(metric);
        return estimate with { Mean = estimate.Mean / scale, Variance = estimate.Variance / (scale * scale) };
    }

    private CupedComparison? Cuped(MetricDefinition metric, ArmSums control, ArmSums treatment)
    {
        if (!ReportSums.HasPast(metric, metrics))
        {
            return null;
        }

        CupedComparison adjusted = metric.Kind == MetricKind.Mean
            ? CupedComparison.OfMeans(control.Covariate(metric.Numerator, Scale(metric)), treatment.Covariate(metric.Numerator, Scale(metric)), options.Alpha)
            : CupedComparison.OfRatios(
                control.RatioCovariate(metric.Numerator, metric.Denominator!, Scale(metric)),
                treatment.RatioCovariate(metric.Numerator, metric.Denominator!, Scale(metric)), options.Alpha);
        return adjusted.Status == ComparisonStatus.Ok ? adjusted : null;
    }

    // The pooled test decides, with Newcombe's interval; the interval of the lift is Fieller's of the unpooled errors.
    private static ArmComparison Shares(long users, double conversions, long treated, double converted, double level)
    {
        ProportionComparison shares = ProportionComparison.Of(users, conversions, treated, converted, level);
        FiellerInterval? lift = shares is { Control: { } p, Treatment: { } q }
            ? FiellerInterval.Of(p, q, p * (1 - p) / users, q * (1 - q) / treated, Normal.UpperQuantile(level / 2))
            : null;
        return new ArmComparison
        {
            Status = shares.Status,
            Control = shares.Control,
            Treatment = shares.Treatment,
            Difference = shares.Difference,
            StandardError = shares.StandardError,
            Statistic = shares.PooledStatistic,
            PValue = shares.PooledPValue,
            Low = shares.Newcombe?.Low,
            High = shares.Newcombe?.High,
            LiftLow = lift?.Low,
            LiftHigh = lift?.High,
        };
    }

    private static double? Power(ArmMean control, ArmMean treatment, double lift, double level)
    {
        if (Error(control, treatment) is not { } error)
        {
            return null;
        }

        double effect = Math.Abs(control.Mean!.Value) * lift / error;
        double z = Normal.UpperQuantile(level / 2);
        return Normal.UpperTail(z - effect) + Normal.UpperTail(z + effect);
    }

    private static double? SmallestLift(ArmMean control, ArmMean treatment, double level) =>
        Error(control, treatment) is { } error && control.Mean is { } mean and not 0
            ? (Normal.UpperQuantile(level / 2) + Normal.UpperQuantile(0.2)) * error / Math.Abs(mean)
            : null;

    private static double? Error(ArmMean control, ArmMean treatment) =>
        control.VarianceOfMean + treatment.VarianceOfMean is { } variance and > 0 ? Math.Sqrt(variance) : null;
}
