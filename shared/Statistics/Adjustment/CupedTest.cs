using Aisle.Numerics;

namespace Aisle.Statistics.Adjustment;

/// <summary>What adjusted means and adjusted ratios have in common: the test, and the error of the lift.</summary>
internal static class CupedTest
{
    // Count a variance as 0 when it is nothing but rounding of what it was computed from.
    private const double RoundingShare = 1e-14;

    /// <summary>Welch's test of adjusted figures.</summary>
    /// <param name="points">The figures.</param>
    /// <param name="controlUsers">Users of the control.</param>
    /// <param name="v">The variance of the control's adjusted figure.</param>
    /// <param name="treatmentUsers">Users of the treatment.</param>
    /// <param name="w">The variance of the treatment's adjusted figure.</param>
    /// <param name="scale">The variance of the unadjusted difference, or what it was computed from.</param>
    /// <param name="alpha">The two-sided error.</param>
    public static CupedComparison Run(CupedComparison points, long controlUsers, double v, long treatmentUsers, double w, double scale, double alpha)
    {
        double difference = points.AdjustedTreatment!.Value - points.AdjustedControl!.Value;
        if (v + w <= RoundingShare * scale)
        {
            return points with
            {
                Status = ComparisonStatus.ZeroVariance,
                Difference = difference,
                StandardError = 0,
                VarianceReduction = points.StandardErrorUnadjusted > 0 ? 1 : null,
            };
        }

        double error = Math.Sqrt(v + w);
        double freedom = ArmComparison.Satterthwaite(v, controlUsers, w, treatmentUsers);
        if (!double.IsFinite(difference / error) || !(freedom > 0))
        {
            return new CupedComparison { Status = ComparisonStatus.InvalidInput }; // sums that no users can have, too large for their products
        }

        double reach = StudentT.UpperQuantile(alpha / 2, freedom);
        return points with
        {
            Difference = difference,
            StandardError = error,
            Statistic = difference / error,
            DegreesOfFreedom = freedom,
            PValue = StudentT.TwoSidedTail(Math.Abs(difference / error), freedom),
            Low = difference - (reach * error),
            High = difference + (reach * error),
            VarianceReduction = 1 - ((v + w) / (points.StandardErrorUnadjusted!.Value * points.StandardErrorUnadjusted.Value)),
        };
    }

    /// <summary>The delta method's standard error of an adjusted difference over the unadjusted control; null where sums that no users can
    /// have are too large for a double.</summary>
    /// <param name="w">The variance of the treatment's adjusted figure.</param>
    /// <param name="control">The unadjusted control.</param>
    /// <param name="judged">What stands over the control: the treatment's figure.</param>
    /// <param name="theta">The adjustment.</param>
    /// <param name="varianceY">The variance of the control's figure.</param>
    /// <param name="varianceX">The variance of its covariate's.</param>
    /// <param name="covariance">Their covariance.</param>
    public static double? LiftError(double w, double control, double judged, double theta, double varianceY, double varianceX, double covariance)
    {
        double byY = -judged / (control * control);
        double byX = theta / control;
        double variance = (w / (control * control)) + (byY * byY * varianceY) + (byX * byX * varianceX) + (2 * byY * byX * covariance);
        return double.IsNaN(variance) ? null : Math.Sqrt(Math.Max(variance, 0)); // rounding, or sums that no users can have, may leave less than nothing
    }
}
