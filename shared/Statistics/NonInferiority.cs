using Aisle.Numerics;

namespace Aisle.Statistics;

/// <summary>Whether the treatment is at worst a stated margin worse than the control: what a guardrail asks.</summary>
/// <remarks>
/// One-sided Welch test against the margin. A relative margin is also judged as the linear contrast treatment − (1 ∓ margin)·control,
/// which has the control's own error in it: that is the decision (<see cref="ContrastPValue"/>); the margin as a constant is
/// supplementary. Null figures mean that there is none.
/// </remarks>
public sealed record NonInferiority
{
    /// <summary>Whether there is an answer.</summary>
    public required ComparisonStatus Status { get; init; }

    /// <summary>Treatment − control.</summary>
    public double? Difference { get; init; }

    /// <summary>The margin in the metric's unit.</summary>
    public double? Margin { get; init; }

    /// <summary>The standard error of the difference.</summary>
    public double? StandardError { get; init; }

    /// <summary>How far the difference is inside the margin, in standard errors.</summary>
    public double? Statistic { get; init; }

    /// <summary>Satterthwaite's degrees of freedom.</summary>
    public double? DegreesOfFreedom { get; init; }

    /// <summary>One-sided: how likely such a difference is when the treatment is worse by the margin.</summary>
    public double? PValue { get; init; }

    /// <summary>The one-sided bound of the difference on the harmful side.</summary>
    public double? Bound { get; init; }

    /// <summary>Whether the bound stays within the margin.</summary>
    public bool? IsNonInferior { get; init; }

    /// <summary>One-sided: how likely such a difference is when the treatment is not worse at all.</summary>
    public double? InferiorPValue { get; init; }

    /// <summary>The contrast over its standard error; null for an absolute margin, a control of 0, and figures
    /// too large for a double.</summary>
    public double? ContrastStatistic { get; init; }

    /// <summary>The standard error of the contrast; null for an absolute margin, a control of 0, and figures too
    /// large for a double.</summary>
    public double? ContrastError { get; init; }

    /// <summary>Its one-sided p with the normal tail; null for an absolute margin, a control of 0, and figures
    /// too large for a double.</summary>
    public double? ContrastPValue { get; init; }

    /// <summary>Judges a guardrail.</summary>
    /// <param name="control">The baseline.</param>
    /// <param name="treatment">The arm that is judged.</param>
    /// <param name="margin">How much worse is still acceptable, at least 0.</param>
    /// <param name="isRelative">Whether the margin is a share of the control.</param>
    /// <param name="isHigherBetter">Whether higher is better.</param>
    /// <param name="alpha">The one-sided error, in (0, 1).</param>
    public static NonInferiority Of(ArmMean control, ArmMean treatment, double margin, bool isRelative, bool isHigherBetter, double alpha)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        if (!control.IsValid || !treatment.IsValid || !double.IsFinite(margin) || margin < 0)
        {
            return new NonInferiority { Status = ComparisonStatus.InvalidInput };
        }

        if (control.Mean is not { } baseline || treatment.Mean is not { } judged)
        {
            return new NonInferiority { Status = ComparisonStatus.NoData };
        }

        NonInferiority points = new() { Status = ComparisonStatus.InsufficientData, Difference = judged - baseline };
        return (control.VarianceOfMean, treatment.VarianceOfMean) switch
        {
            ({ } v, { } w) when v + w > 0 => Judge(
                points with { Margin = isRelative ? margin * Math.Abs(baseline) : margin }, control, treatment, v, w, isRelative ? margin : null, isHigherBetter, alpha),
            ({ }, { }) => points with
            {
                Status = ComparisonStatus.ZeroVariance,
                StandardError = 0,
                Margin = isRelative ? margin * Math.Abs(baseline) : margin,
            },
            _ => points,
        };
    }

    private static NonInferiority Judge(
        NonInferiority points, ArmMean control, ArmMean treatment, double v, double w, double? relative, bool isHigherBetter, double alpha)
    {
        double sign = isHigherBetter ? 1 : -1;
        double difference = points.Difference!.Value;
        double margin = points.Margin!.Value;
        double error = double.Hypot(Math.Sqrt(v), Math.Sqrt(w));
        if (!double.IsFinite(((sign * difference) + margin) / error))
        {
            return new NonInferiority { Status = ComparisonStatus.InvalidInput };
        }

        double freedom = ArmComparison.Satterthwaite(v, control.Count, w, treatment.Count);
        double reach = alpha < 0.5 ? StudentT.UpperQuantile(alpha, freedom) : -StudentT.UpperQuantile(1 - alpha, freedom);
        double bound = difference - (sign * reach * error);
        NonInferiority judged = points with
        {
            Status = ComparisonStatus.Ok,
            StandardError = error,
            Statistic = ((sign * difference) + margin) / error,
            DegreesOfFreedom = freedom,
            PValue = StudentT.UpperTail(((sign * difference) + margin) / error, freedom),
            Bound = bound,
            IsNonInferior = sign * bound > -margin,
            InferiorPValue = StudentT.UpperTail(-sign * difference / error, freedom),
        };
        if (relative is not { } share || control.Mean == 0)
        {
            return judged;
        }

        double factor = 1 - (sign * share * Math.Sign(control.Mean!.Value));
        double contrastError = double.Hypot(Math.Sqrt(w), factor * Math.Sqrt(v));
        double contrast = sign * (treatment.Mean!.Value - (factor * control.Mean.Value)) / contrastError;
        return !double.IsFinite(contrast) ? judged : judged with
        {
            ContrastStatistic = contrast,
            ContrastError = contrastError,
            ContrastPValue = Normal.UpperTail(contrast),
        };
    }
}
