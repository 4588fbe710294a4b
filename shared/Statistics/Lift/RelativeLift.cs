using Aisle.Numerics;

namespace Aisle.Statistics.Lift;

/// <summary>By how much of the control the treatment differs: (treatment − control) ÷ |control|, with intervals by the delta method,
/// by Fieller and on the log scale.</summary>
/// <remarks>
/// Test on the absolute scale and show Fieller's interval: it excludes 0 exactly when that test rejects. The delta interval
/// (Casella and Berger 2002, 5.5.4) and the log interval (of the ratio, brought back to the scale of the lift) are
/// supplementary. Null figures mean that there is none.
/// </remarks>
public sealed record RelativeLift
{
    /// <summary>Whether there is an answer.</summary>
    public required ComparisonStatus Status { get; init; }

    /// <summary>The lift; 0.05 is +5 %.</summary>
    public double? Lift { get; init; }

    /// <summary>The delta method's standard error.</summary>
    public double? StandardError { get; init; }

    /// <summary>The delta method's interval with the normal quantile.</summary>
    public (double Low, double High)? Delta { get; init; }

    /// <summary>The two-sided p of lift ÷ standard error with Satterthwaite's degrees of freedom of the absolute variances.</summary>
    public double? DeltaPValue { get; init; }

    /// <summary>The delta method's interval with the t quantile of the same degrees of freedom.</summary>
    public (double Low, double High)? DeltaT { get; init; }

    /// <summary>Fieller's interval with the normal quantile; null without variances.</summary>
    public FiellerInterval? Fieller { get; init; }

    /// <summary>ln(treatment ÷ control); null unless both are positive.</summary>
    public double? LogRatio { get; init; }

    /// <summary>Its standard error.</summary>
    public double? LogRatioError { get; init; }

    /// <summary>The interval of the log ratio, on the scale of the lift.</summary>
    public (double Low, double High)? Log { get; init; }

    /// <summary>The lift of one mean, share or linearised ratio over another.</summary>
    /// <param name="control">The baseline.</param>
    /// <param name="treatment">The arm that is judged.</param>
    /// <param name="alpha">The two-sided error, in (0, 1).</param>
    public static RelativeLift Of(ArmMean control, ArmMean treatment, double alpha)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        if (!control.IsValid || !treatment.IsValid)
        {
            return new RelativeLift { Status = ComparisonStatus.InvalidInput };
        }

        if (control.Mean is not { } baseline || treatment.Mean is not { } judged)
        {
            return new RelativeLift { Status = ComparisonStatus.NoData };
        }

        if (baseline == 0)
        {
            return new RelativeLift { Status = ComparisonStatus.ZeroBaseline };
        }

        RelativeLift points = new() { Status = ComparisonStatus.InsufficientData, Lift = (judged - baseline) / Math.Abs(baseline) };
        return (control.VarianceOfMean, treatment.VarianceOfMean) switch
        {
            ({ } v, { } w) when v + w > 0 => Intervals(points, control, treatment, v, w, alpha),
            ({ }, { }) => points with { Status = ComparisonStatus.ZeroVariance },
            _ => points,
        };
    }

    /// <summary>The lift of one ratio over another.</summary>
    public static RelativeLift Of(ArmRatio control, ArmRatio treatment, double alpha)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        RelativeLift lift = Of(control.Linearised(), treatment.Linearised(), alpha);
        bool counted = control.Count >= 1 && treatment.Count >= 1;
        return lift.Status == ComparisonStatus.NoData && counted ? lift with { Status = ComparisonStatus.ZeroDenominator } : lift;
    }

    private static RelativeLift Intervals(RelativeLift points, ArmMean control, ArmMean treatment, double v, double w, double alpha)
    {
        double baseline = control.Mean!.Value;
        double judged = treatment.Mean!.Value;
        double lift = points.Lift!.Value;
        double z = Normal.UpperQuantile(alpha / 2);
        double error = Math.Sqrt((w / (baseline * baseline)) + (v * judged * judged / (baseline * baseline * baseline * baseline)));
        RelativeLift answer = points with
        {
            Status = ComparisonStatus.Ok,
            StandardError = error,
            Delta = (lift - (z * error), lift + (z * error)),
            Fieller = FiellerInterval.Of(baseline, judged, v, w, z),
        };
        if (error > 0)
        {
            double freedom = ArmComparison.Satterthwaite(v, control.Count, w, treatment.Count);
            double t = StudentT.UpperQuantile(alpha / 2, freedom);
            answer = answer with
            {
                DeltaPValue = StudentT.TwoSidedTail(Math.Abs(lift / error), freedom),
                DeltaT = (lift - (t * error), lift + (t * error)),
            };
        }

        return baseline > 0 && judged > 0 ? WithLog(answer, baseline, judged, v, w, z) : answer;
    }

    private static RelativeLift WithLog(RelativeLift answer, double baseline, double judged, double v, double w, double z)
    {
        double log = Math.Log(judged / baseline);
        double error = Math.Sqrt((w / (judged * judged)) + (v / (baseline * baseline)));
        return answer with
        {
            LogRatio = log,
            LogRatioError = error,
            Log = (double.ExpM1(log - (z * error)), double.ExpM1(log + (z * error))),
        };
    }
}
