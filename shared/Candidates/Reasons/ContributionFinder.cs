using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Shoppers;
using Aisle.Numerics;

namespace Aisle.Candidates.Reasons;

/// <summary>Splits a fused score among the products that a shopper touched.</summary>
/// <remarks>Each source's raw score is a sum over touched products; divided by the source's range it is what the product adds to the scaled
/// score, up to the constant shift of the scale, which no product is to blame for.</remarks>
internal static class ContributionFinder
{
    /// <summary>Contributions to one item's score, largest first, ties by index.</summary>
    public static IReadOnlyList<TouchContribution> Find(
        ModelBundle bundle, HybridScorer scorer, HybridScores scores, IndexedHistory history, int item)
    {
        ComponentScores components = scorer.Detail(scores, new ScoredIndex(item, scores.Fused[item]), newness: 1).Components;
        double[] amounts = new double[history.Items.Length];
        double scale = scorer.ScaleOf(scores.Weights, item);
        if (components.Collaborative is not null)
        {
            double[] parts = new double[amounts.Length];
            scores.User!.Explain(item, parts);
            double unit = scores.Weights.Collaborative * scale / scores.Collaborative.Range;
            Add(amounts, parts, unit * scorer.Blend.FactorShare(item) * scores.CollaborativeUnits.Factors);
            scorer.Blend.Explain(history, item, parts);
            Add(amounts, parts, unit * scores.CollaborativeUnits.Walks);
        }

        if (components.Content is not null)
        {
            double[] parts = [.. history.Items.Select((touched, index) =>
                (double)history.Weights[index] * bundle.Content.Similarity(touched, item) / scores.ContentNorm)];
            Add(amounts, parts, scores.Weights.Content * scale / scores.Content.Range);
        }

        if (components.Neighbours is not null)
        {
            double[] parts = new double[amounts.Length];
            scorer.Users.Explain(scores.SimilarUsers, history.Items, item, parts);
            Add(amounts, parts, scores.Weights.Neighbours * scale / scores.Neighbours.Range);
        }

        return Ranked(history.Items, amounts);
    }

    private static void Add(double[] amounts, double[] parts, double factor)
    {
        for (int index = 0; index < amounts.Length; index++)
        {
            amounts[index] += parts[index] * factor;
        }
    }

    /// <summary>The touched item that adds most, the target itself apart, ties by index; null when none speaks for the target.</summary>
    public static TouchContribution? Strongest(ReadOnlySpan<int> items, ReadOnlySpan<double> amounts, int target)
    {
        double positive = 0;
        int strongest = -1;
        for (int index = 0; index < items.Length; index++)
        {
            positive += Math.Max(amounts[index], 0);
            if (amounts[index] > 0 && items[index] != target && (strongest < 0 || amounts[index] > amounts[strongest]))
            {
                strongest = index;
            }
        }

        return strongest < 0 ? null : new TouchContribution(items[strongest], amounts[strongest], amounts[strongest] / positive);
    }

    /// <summary>Touched items by what they add, largest first, ties by index; empty when nothing speaks for the target.</summary>
    private static TouchContribution[] Ranked(int[] items, double[] amounts)
    {
        double positive = amounts.Sum(amount => Math.Max(amount, 0));
        if (positive <= 0)
        {
            return [];
        }

        return [.. items
            .Select((item, index) => new TouchContribution(item, amounts[index], Math.Max(amounts[index], 0) / positive))
            .OrderByDescending(contribution => contribution.Amount).ThenBy(contribution => contribution.Item)];
    }
}
