namespace Aisle.Statistics.Quantiles;

/// <summary>The share of values at or below a quantile, with the variance that follows from their coming in clusters (users).</summary>
/// <remarks>Deng, Knoblich and Lu (2018): the share is a ratio of two sums over users, and its delta-method variance over that of
/// independent values is the design effect.</remarks>
/// <param name="Share">Values at or below, over all.</param>
/// <param name="IndependentVariance">q(1 − q)/n.</param>
/// <param name="ClusteredVariance">The variance of the share over users.</param>
/// <param name="DesignEffect">Clustered over independent; null below two users.</param>
public sealed record ClusteredShare(double Share, double IndependentVariance, double? ClusteredVariance, double? DesignEffect)
{
    /// <summary>From sums over users; null without values.</summary>
    /// <param name="sums">Numerator: a user's values at or below the quantile; denominator: all of the user's values.</param>
    /// <param name="share">Which quantile, in (0, 1).</param>
    public static ClusteredShare? Of(ArmRatio sums, double share)
    {
        ArgumentNullException.ThrowIfNull(sums);
        if (sums.SumDenominator <= 0)
        {
            return null;
        }

        ArmMean linearised = sums.Linearised();
        double independent = share * (1 - share) / sums.SumDenominator;
        double? clustered = linearised.Variance / linearised.Count;
        return new ClusteredShare(linearised.Mean!.Value, independent, clustered, clustered / independent);
    }
}
