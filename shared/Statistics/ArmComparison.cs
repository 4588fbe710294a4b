using Aisle.Numerics;
using Aisle.Statistics.Lift;

namespace Aisle.Statistics;

/// <summary>Treatment against control in one metric, by Welch's test; for a ratio metric on its linearised users.</summary>
/// <remarks>Welch (1947) with Satterthwaite's degrees of freedom. Null figures mean that there is none.</remarks>
public sealed record ArmComparison
{
    /// <summary>Whether there is an answer.</summary>
    public required ComparisonStatus Status { get; init; }

    /// <summary>The control's mean or ratio.</summary>
    public double? Control { get; init; }

    /// <summary>The treatment's mean or ratio.</summary>
    public double? Treatment { get; init; }

    /// <summary>Treatment − control.</summary>
    public double? Difference { get; init; }

    /// <summary>The standard error of the difference.</summary>
    public double? StandardError { get; init; }

    /// <summary>Difference over standard error.</summary>
    public double? Statistic { get; init; }

    /// <summary>Satterthwaite's degrees of freedom.</summary>
    public double? DegreesOfFreedom { get; init; }

    /// <summary>How likely a statistic this extreme is when the arms are alike.</summary>
    public double? PValue { get; init; }

    /// <summary>Lower end of the interval of the difference at 1 − α; −∞ when less is the alternative.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end of the interval of the difference at 1 − α; ∞ when greater is the alternative.</summary>
    public double? High { get; init; }

    /// <summary>Difference ÷ |control|; null when the control is 0.</summary>
    public double? Lift => Difference / (Control is 0 ? null : Math.Abs(Control ?? double.NaN));

    /// <summary>Lower end of Fieller's interval of the lift, which excludes 0 exactly when the test rejects; null
    /// when the control is not clear of 0.</summary>
    public double? LiftLow { get; init; }

    /// <summary>Upper end of Fieller's interval of the lift.</summary>
    public double? LiftHigh { get; init; }

    /// <summary>Compares means, two-sided.</summary>
    /// <param name="control">The baseline.</param>
    /// <param name="treatment">The arm that is judged.</param>
    /// <param name="alpha">The two-sided error, in (0, 1).</param>
    public static ArmComparison OfMeans(ArmMean control, ArmMean treatment, double alpha) => OfMeans(control, treatment, alpha, Alternative.TwoSided);

    /// <summary>Compares means.</summary>
    /// <param name="control">The baseline.</param>
    /// <param name="treatment">The arm that is judged.</param>
    /// <param name="alpha">The error, in (0, 1).</param>
    /// <param name="alternative">What the treatment is suspected of.</param>
    public static ArmComparison OfMeans(ArmMean control, ArmMean treatment, double alpha, Alternative alternative)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        if (!control.IsValid || !treatment.IsValid)
        {
            return new ArmComparison { Status = ComparisonStatus.InvalidInput };
        }

        if (control.Mean is not { } baseline || treatment.Mean is not { } judged)
        {
            return new ArmComparison { Status = ComparisonStatus.NoData, Control = control.Mean, Treatment = treatment.Mean };
        }

        ArmComparison points = new()
        {
            Status = ComparisonStatus.InsufficientData,
            Control = baseline,
            Treatment = judged,
            Difference = judged - baseline,
        };
        return control.VarianceOfMean is { } v && treatment.VarianceOfMean is { } w ? Test(points, control, treatment, v, w, alpha, alternative) : points;
    }

    /// <summary>Compares ratios.</summary>
    public static ArmComparison OfRatios(ArmRatio control, ArmRatio treatment, double alpha)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        ArmComparison comparison = OfMeans(control.Linearised(), treatment.Linearised(), alpha);
        bool counted = control.Count >= 1 && treatment.Count >= 1;
        return comparison.Status == ComparisonStatus.NoData && counted ? comparison with { Status = ComparisonStatus.ZeroDenominator } : comparison;
    }

    private static ArmComparison Test(
        ArmComparison points, ArmMean control, ArmMean treatment, double v, double w, double alpha, Alternative alternative)
    {
        double error = Math.Sqrt(v + w);
        if (error == 0)
        {
            return points with { Status = ComparisonStatus.ZeroVariance, StandardError = 0 };
        }

        double difference = points.Difference!.Value;
        double freedom = Satterthwaite(v, control.Count, w, treatment.Count);
        double reach = StudentT.UpperQuantile(alternative == Alternative.TwoSided ? alpha / 2 : alpha, freedom);
        FiellerInterval lift = FiellerInterval.Of(points.Control!.Value, points.Treatment!.Value, v, w, reach);
        return points with
        {
            Status = ComparisonStatus.Ok,
            StandardError = error,
            Statistic = difference / error,
            DegreesOfFreedom = freedom,
            PValue = Tail(difference / error, freedom, alternative),
            Low = alternative == Alternative.Less ? double.NegativeInfinity : difference - (reach * error),
            High = alternative == Alternative.Greater ? double.PositiveInfinity : difference + (reach * error),
            LiftLow = lift.Low,
            LiftHigh = lift.High,
        };
    }

    /// <summary>Satterthwaite's (1946) degrees of freedom of a sum of two variances of means.</summary>
    internal static double Satterthwaite(double v, long control, double w, long treatment)
    {
        // Only the ratio of the variances counts; their squares could overflow.
        double largest = Math.Max(v, w);
        (double a, double b) = (v / largest, w / largest);
        return (a + b) * (a + b) / ((a * a / (control - 1)) + (b * b / (treatment - 1)));
    }

    private static double Tail(double statistic, double freedom, Alternative alternative) => alternative switch
    {
        Alternative.Greater => StudentT.UpperTail(statistic, freedom),
        Alternative.Less => StudentT.UpperTail(-statistic, freedom),
        _ => StudentT.TwoSidedTail(Math.Abs(statistic), freedom),
    };
}
