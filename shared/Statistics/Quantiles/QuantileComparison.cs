using Aisle.Numerics;

namespace Aisle.Statistics.Quantiles;

/// <summary>Treatment against control in a quantile, such as the 95th percentile of page load times.</summary>
/// <param name="Status">Whether there is an answer.</param>
/// <param name="Control">The control's quantile; null on invalid input.</param>
/// <param name="Treatment">The treatment's quantile; null on invalid input.</param>
/// <param name="Difference">Treatment − control.</param>
/// <param name="StandardError">Of the difference, from both outer intervals and design effects.</param>
/// <param name="Statistic">Difference over standard error.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="Low">Lower end of the interval of the difference.</param>
/// <param name="High">Upper end of the interval of the difference.</param>
public sealed record QuantileComparison(
    ComparisonStatus Status,
    ArmQuantile? Control,
    ArmQuantile? Treatment,
    double? Difference,
    double? StandardError,
    double? Statistic,
    double? PValue,
    double? Low,
    double? High)
{
    /// <summary>Compares a quantile of independent values.</summary>
    /// <param name="control">The control's values, in any order.</param>
    /// <param name="treatment">The treatment's values, in any order.</param>
    /// <param name="share">Which quantile, in (0, 1).</param>
    /// <param name="alpha">The two-sided error, in (0, 1).</param>
    public static QuantileComparison Of(IReadOnlyList<double> control, IReadOnlyList<double> treatment, double share, double alpha)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        return !control.All(double.IsFinite) || !treatment.All(double.IsFinite)
            ? new QuantileComparison(ComparisonStatus.InvalidInput, null, null, null, null, null, null, null, null)
            : Of(ArmQuantile.Of([.. control.Order()], share, alpha), 1, ArmQuantile.Of([.. treatment.Order()], share, alpha), 1, alpha);
    }

    /// <summary>Compares quantiles of values that come in clusters, such as page loads of one user.</summary>
    /// <param name="control">The control's quantile as of independent values.</param>
    /// <param name="controlEffect">Its design effect: by how much clustering multiplies the variance.</param>
    /// <param name="treatment">The treatment's quantile as of independent values.</param>
    /// <param name="treatmentEffect">Its design effect.</param>
    /// <param name="alpha">The two-sided error, in (0, 1).</param>
    public static QuantileComparison Of(ArmQuantile control, double controlEffect, ArmQuantile treatment, double treatmentEffect, double alpha)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        QuantileComparison points = new(ComparisonStatus.NoData, control, treatment, treatment.Value - control.Value, null, null, null, null, null);
        if (points.Difference is not { } difference)
        {
            return points;
        }

        if (control.StandardError is not { } v || treatment.StandardError is not { } w)
        {
            return points with { Status = ComparisonStatus.InsufficientData };
        }

        double error = Math.Sqrt((v * v * controlEffect) + (w * w * treatmentEffect));
        if (error == 0)
        {
            return points with { Status = ComparisonStatus.ZeroVariance, StandardError = 0 };
        }

        double z = Normal.UpperQuantile(alpha / 2);
        return points with
        {
            Status = ComparisonStatus.Ok,
            StandardError = error,
            Statistic = difference / error,
            PValue = Normal.TwoSidedTail(Math.Abs(difference / error)),
            Low = difference - (z * error),
            High = difference + (z * error),
        };
    }
}
