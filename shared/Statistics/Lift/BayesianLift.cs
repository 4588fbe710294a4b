using Aisle.Numerics;

namespace Aisle.Statistics.Lift;

/// <summary>What to believe of a lift: its normal posterior, the chance that the treatment is better, and what a
/// wrong choice would cost.</summary>
/// <remarks>Normal likelihood with a normal prior (Gelman and others 2013, section 2.5), or with none (flat).</remarks>
/// <param name="Status">Whether there is an answer.</param>
/// <param name="Mean">The posterior mean.</param>
/// <param name="Deviation">The posterior standard deviation.</param>
/// <param name="ChanceToWin">The posterior probability that the treatment is better.</param>
/// <param name="LossOfControl">The expected lift that is given away by keeping the control.</param>
/// <param name="LossOfTreatment">The expected lift that is given away by taking the treatment.</param>
/// <param name="Low">Lower end of the credible interval.</param>
/// <param name="High">Upper end of the credible interval.</param>
public sealed record BayesianLift(
    ComparisonStatus Status,
    double? Mean,
    double? Deviation,
    double? ChanceToWin,
    double? LossOfControl,
    double? LossOfTreatment,
    double? Low,
    double? High)
{
    /// <summary>The posterior of a lift.</summary>
    /// <param name="estimate">The estimated lift.</param>
    /// <param name="error">Its standard error.</param>
    /// <param name="prior">Mean and standard deviation of the prior; null for a flat one.</param>
    /// <param name="isLowerBetter">Whether a lower metric is better.</param>
    /// <param name="alpha">The credible interval holds 1 − α, in (0, 1).</param>
    public static BayesianLift Of(double estimate, double error, (double Mean, double Deviation)? prior, bool isLowerBetter, double alpha)
    {
        if (!double.IsFinite(estimate) || !double.IsFinite(error) || error < 0 || prior is { } given && !(double.IsFinite(given.Mean) && given.Deviation > 0))
        {
            return new BayesianLift(ComparisonStatus.InvalidInput, null, null, null, null, null, null, null);
        }

        if (error == 0)
        {
            return new BayesianLift(ComparisonStatus.ZeroVariance, null, null, null, null, null, null, null);
        }

        double mean = estimate;
        double deviation = error;
        if (prior is { } known)
        {
            double precision = (1 / (error * error)) + (1 / (known.Deviation * known.Deviation));
            mean = ((estimate / (error * error)) + (known.Mean / (known.Deviation * known.Deviation))) / precision;
            deviation = 1 / Math.Sqrt(precision);
        }

        if (!double.IsFinite(mean / deviation))
        {
            return new BayesianLift(ComparisonStatus.InvalidInput, null, null, null, null, null, null, null);
        }

        double gain = isLowerBetter ? -mean : mean;
        double z = Normal.UpperQuantile(alpha / 2);
        double loss = deviation * UnitLoss(gain / deviation);
        return new BayesianLift(
            ComparisonStatus.Ok, mean, deviation, Normal.UpperTail(-gain / deviation), deviation * UnitLoss(-gain / deviation), loss,
            mean - (z * deviation), mean + (z * deviation));
    }

    // E max(0, −G) for G normal with this mean and unit variance: φ(m) − m·Φ(−m).
    private static double UnitLoss(double mean) => Normal.Density(mean) - (mean * Normal.UpperTail(mean));
}
