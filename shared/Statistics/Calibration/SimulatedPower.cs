using Aisle.Numerics;

namespace Aisle.Statistics.Calibration;

/// <summary>The chance to find a lift on the shop's own, skewed distribution: experiments simulated from its
/// users, tested as a report would.</summary>
/// <remarks>
/// Users are drawn with replacement (Efron and Tibshirani 1993). Beside it stands what the normal calculator says of the same experiment;
/// where the two part, believe this one. Cost: experiments × users with a value.
/// </remarks>
/// <param name="Status">Ok; invalid input; no data; zero variance.</param>
/// <param name="Power">Rejections in the direction of the lift, or in any when the lift is 0.</param>
/// <param name="WrongDirection">Rejections against the lift.</param>
/// <param name="Calculated">The calculator's power; null without an answer.</param>
/// <param name="Skewness">Of the users' values; null when they do not vary.</param>
/// <param name="UsersForNormality">355·γ² users an arm, below which means of such values are not yet normal; null
/// when they do not vary.</param>
public sealed record SimulatedPower(
    ComparisonStatus Status, BinomialRate? Power, BinomialRate? WrongDirection, double? Calculated, double? Skewness, double? UsersForNormality)
{
    private const double UsersPerSquaredSkewness = 355;

    /// <summary>Simulates.</summary>
    /// <param name="observed">The shop's users.</param>
    /// <param name="plan">The experiment.</param>
    /// <param name="cancellationToken">Gives up between two experiments.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static SimulatedPower Of(UserMetric observed, SimulatedPowerPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(observed);
        ArgumentNullException.ThrowIfNull(plan);
        UserResampler users = new(observed);
        bool isByBuyers = observed.Kind == UserMetricKind.Share || (observed.Kind == UserMetricKind.Mean && plan.Shape == LiftShape.MoreBuyers);
        double share = isByBuyers ? users.Share * (1 + plan.Lift) : users.Share;
        if (observed.Users == 0 || !plan.IsValid || share > 1)
        {
            return new SimulatedPower(plan.IsValid && share <= 1 ? ComparisonStatus.NoData : ComparisonStatus.InvalidInput, null, null, null, null, null);
        }

        if (observed.Skewness() is not { } skewness)
        {
            return new SimulatedPower(ComparisonStatus.ZeroVariance, null, null, null, null, null);
        }

        double factor = isByBuyers ? 1 : 1 + plan.Lift;
        int[] found = Replications.Run(plan.Experiments, plan.Seed, plan.DegreeOfParallelism, random => Direction(
            observed.Kind, users.Draw(plan.ControlUsers, users.Share, 1, random), users.Draw(plan.TreatmentUsers, share, factor, random), plan.Alpha), cancellationToken);
        int expected = Math.Sign(plan.Lift);
        return new SimulatedPower(
            ComparisonStatus.Ok,
            new BinomialRate(found.Count(direction => direction != 0 && (expected == 0 || direction == expected)), found.Length),
            new BinomialRate(found.Count(direction => direction * expected < 0), found.Length),
            Calculate(observed, plan, isByBuyers), skewness, UsersPerSquaredSkewness * skewness * skewness);
    }

    // −1, 0 or 1: what the decision pair says.
    private static int Direction(UserMetricKind kind, ArmRatio control, ArmRatio treatment, double alpha)
    {
        (double? p, double? difference) = kind == UserMetricKind.Share
            ? Pair(ProportionComparison.Of(control.Count, control.SumNumerator, treatment.Count, treatment.SumNumerator, alpha))
            : Pair(ArmComparison.OfRatios(control, treatment, alpha));
        return p <= alpha ? Math.Sign(difference!.Value) : 0;
    }

    private static (double?, double?) Pair(ProportionComparison comparison) => (comparison.PooledPValue, comparison.Difference);

    private static (double?, double?) Pair(ArmComparison comparison) => (comparison.PValue, comparison.Difference);

    private static double? Calculate(UserMetric observed, SimulatedPowerPlan plan, bool isByBuyers)
    {
        double[] denominators = observed.Denominators ?? [.. Enumerable.Repeat(1.0, observed.Users)];
        double ratio = observed.Numerators.Sum() / denominators.Sum();
        double mean = denominators.Average();
        double variance = observed.Numerators.Zip(denominators, (m, d) => Square((m - (ratio * d)) / mean)).Average();

        // More buyers of the same baskets: E x² grows as their share does. Larger baskets: the variance grows with the square.
        double lifted = isByBuyers
            ? (observed.Numerators.Average(m => m * m) * (1 + plan.Lift)) - Square(ratio * (1 + plan.Lift))
            : variance * Square(1 + plan.Lift);
        double effect = Math.Abs(ratio * plan.Lift) / Math.Sqrt((variance / plan.ControlUsers) + (lifted / plan.TreatmentUsers));
        double z = Normal.UpperQuantile(plan.Alpha / 2);
        return double.IsFinite(effect) ? Normal.UpperTail(z - effect) + (plan.Lift == 0 ? Normal.UpperTail(z) : 0) : null;
    }

    private static double Square(double value) => value * value;
}
