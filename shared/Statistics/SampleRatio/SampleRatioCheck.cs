using Aisle.Numerics;

namespace Aisle.Statistics.SampleRatio;

/// <summary>Whether the arms have the shares of users that the experiment gave them; if not, something lost users
/// and no result counts.</summary>
/// <param name="Status">Whether there is an answer.</param>
/// <param name="ChiSquare">Pearson's statistic; null without an answer.</param>
/// <param name="PValue">Its upper tail; null without an answer.</param>
/// <param name="IsMismatch">Whether the p-value is below the threshold.</param>
/// <param name="Expected">Users that each arm should have, at the total of the arms that have a weight; null without an answer.</param>
/// <param name="HasUnexpectedTraffic">Whether an arm of weight 0 has users: an error of its own, that the test does not see.</param>
public sealed record SampleRatioCheck(
    ComparisonStatus Status, double? ChiSquare, double? PValue, bool IsMismatch, IReadOnlyList<double>? Expected, bool HasUnexpectedTraffic)
{
    /// <summary>Below this p-value the shares are called wrong.</summary>
    public const double DefaultThreshold = 0.001;

    /// <summary>Checks counts of users against the weights of their arms.</summary>
    /// <param name="counts">Users by arm.</param>
    /// <param name="weights">Shares by arm, not necessarily adding up to 1; arms of weight 0 leave the test.</param>
    /// <param name="threshold">Below which p-value it is a mismatch.</param>
    public static SampleRatioCheck Of(IReadOnlyList<double> counts, IReadOnlyList<double> weights, double threshold)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(weights);
        if (counts.Count != weights.Count || !counts.All(ArmMean.IsCount) || weights.Any(value => !double.IsFinite(value) || value < 0))
        {
            return new SampleRatioCheck(ComparisonStatus.InvalidInput, null, null, false, null, false);
        }

        int[] live = [.. Enumerable.Range(0, counts.Count).Where(i => weights[i] > 0)];
        bool unexpected = Enumerable.Range(0, counts.Count).Any(i => weights[i] == 0 && counts[i] > 0);
        double total = live.Sum(i => counts[i]);
        double weight = live.Sum(i => weights[i]);
        if (total == 0 || live.Length < 2)
        {
            return new SampleRatioCheck(total == 0 ? ComparisonStatus.NoData : ComparisonStatus.InsufficientData, null, null, false, null, unexpected);
        }

        double chiSquare = live.Sum(i => Square(counts[i] - (total * weights[i] / weight)) / (total * weights[i] / weight));
        double p = IncompleteGamma.ChiSquareUpperTail(chiSquare, live.Length - 1);
        return new SampleRatioCheck(ComparisonStatus.Ok, chiSquare, p, p < threshold, [.. weights.Select(w => total * w / weight)], unexpected);
    }

    private static double Square(double value) => value * value;
}
