using Aisle.Numerics;

namespace Aisle.Experiments;

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

    /// <summary>Two-sided.</summary>
    public double? PValue { get; init; }

    /// <summary>Lower end of the interval of the difference at 1 − α.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end of the interval of the difference at 1 − α.</summary>
    public double? High { get; init; }

    /// <summary>Difference ÷ |control|; null when the control is 0.</summary>
    public double? Lift => Difference / (Control is 0 ? null : Math.Abs(Control ?? double.NaN));

    /// <summary>Lower end of Fieller's interval of the lift, which excludes 0 exactly when the test rejects; null when the control is not clear of 0.</summary>
    public double? LiftLow { get; init; }

    /// <summary>Upper end of Fieller's interval of the lift.</summary>
    public double? LiftHigh { get; init; }

    /// <summary>Compares means.</summary>
    /// <param name="control">The baseline.</param>
    /// <param name="treatment">The arm that is judged.</param>
    /// <param name="alpha">The two-sided error, in (0, 1).</param>
    public static ArmComparison OfMeans(ArmMean control, ArmMean treatment, double alpha)
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
        return control.VarianceOfMean is { } v && treatment.VarianceOfMean is { } w ? Test(points, control, treatment, v, w, alpha) : points;
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

    private static ArmComparison Test(ArmComparison points, ArmMean control, ArmMean treatment, double v, double w, double alpha)
    {
        double error = Math.Sqrt(v + w);
        if (error == 0)
        {
            return points with { Status = ComparisonStatus.ZeroVariance, StandardError = 0 };
        }

        double difference = points.Difference!.Value;
        double freedom = (v + w) * (v + w) / ((v * v / (control.Count - 1)) + (w * w / (treatment.Count - 1)));
        double reach = StudentT.UpperQuantile(alpha / 2, freedom);
        (double Low, double High)? lift = Fieller(points.Control!.Value, points.Treatment!.Value, v, w, reach);
        return points with
        {
            Status = ComparisonStatus.Ok,
            StandardError = error,
            Statistic = difference / error,
            DegreesOfFreedom = freedom,
            PValue = StudentT.TwoSidedTail(Math.Abs(difference / error), freedom),
            Low = difference - (reach * error),
            High = difference + (reach * error),
            LiftLow = lift?.Low,
            LiftHigh = lift?.High,
        };
    }

    // Fieller (1954) with the t quantile of the absolute test, so that both always agree.
    private static (double Low, double High)? Fieller(double control, double treatment, double v, double w, double reach)
    {
        double g = reach * reach * v / (control * control);
        if (control == 0 || g >= 1)
        {
            return null;
        }

        double ratio = treatment / control;
        double spread = reach / Math.Abs(control) * Math.Sqrt(((1 - g) * w) + (ratio * ratio * v));
        double low = ((ratio - spread) / (1 - g)) - 1;
        double high = ((ratio + spread) / (1 - g)) - 1;
        return control > 0 ? (low, high) : (-high, -low);
    }
}
