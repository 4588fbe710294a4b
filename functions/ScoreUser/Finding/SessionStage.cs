using System.Buffers;
using Aisle.Candidates.Lists;
using Aisle.Events.Features;
using Aisle.Numerics;
using Aisle.ScoreUser.Filtering;

namespace Aisle.ScoreUser.Finding;

/// <summary>The visit under way: what shoppers of similar visits went on to touch moves up in the shopper's own
/// mix, also from beyond the list.</summary>
/// <remarks>(1 − σ)·score + σ·best·vote, where votes are scaled by the best one of a product that may be shown. A product that the list did
/// not have counts as the list's last.</remarks>
internal static class SessionStage
{
    private const int Reach = 50;

    /// <summary>The pool with the visit's say; the pool itself when there is no visit, or no visit like it.</summary>
    /// <param name="scene">The shopper, and σ.</param>
    /// <param name="pool">Best first.</param>
    /// <param name="eligible">What may be shown.</param>
    public static CandidatePool Blend(Scene scene, CandidatePool pool, EligibleItems eligible)
    {
        double share = scene.Tuning.SessionShare;
        if (!pool.IsPersonal || pool.Items.Count == 0 || pool.From == "popularity" || share <= 0 || scene.Model.Sessions is not { } sessions)
        {
            return pool;
        }

        int[] touched = Touched(scene);
        if (touched.Length == 0)
        {
            return pool;
        }

        double[] votes = ArrayPool<double>.Shared.Rent(sessions.ItemCount);
        try
        {
            sessions.Score(touched, votes.AsSpan(0, sessions.ItemCount));
            return Best(votes.AsSpan(0, sessions.ItemCount), eligible) is { Length: > 0 } voted ? pool with { Items = Blend(scene, pool, votes, voted, (float)share) } : pool;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(votes);
        }
    }

    /// <summary>What the visit touched, oldest first, repeats included, as far as the model knows it.</summary>
    private static int[] Touched(Scene scene)
    {
        List<int> touched = [];
        foreach (RecentInteraction recent in SessionFeatures.CurrentSession(scene.Shopper.Profile, scene.Now))
        {
            if (scene.Model.Bundle.Items.TryGetIndex(recent.Product, out int item))
            {
                touched.Add(item);
            }
        }

        return [.. touched];
    }

    private static ScoredIndex[] Best(ReadOnlySpan<double> votes, EligibleItems eligible)
    {
        TopK best = new(Reach);
        for (int item = 0; item < votes.Length; item++)
        {
            if (votes[item] > 0 && eligible.MayShow(item))
            {
                best.Offer(item, (float)votes[item]);
            }
        }

        ScoredIndex[] ranked = new ScoredIndex[best.Count];
        best.Drain(ranked);
        return ranked;
    }

    private static PlacedItem[] Blend(Scene scene, CandidatePool pool, double[] votes, ScoredIndex[] voted, float share)
    {
        (float first, float last) = (pool.Items[0].Score, pool.Items[^1].Score);
        float most = voted[0].Score;
        HashSet<int> known = [.. pool.Items.Select(placed => placed.Item)];
        IEnumerable<PlacedItem> beyond = voted.Where(vote => !known.Contains(vote.Index)).Select(vote => new PlacedItem(vote.Index, last, CandidateSource.Neighbours));
        PlacedItem[] blended = [.. pool.Items.Concat(beyond).Select(Weigh).OrderByDescending(placed => placed.Score).Take(Math.Max(scene.Tuning.Depth, scene.Request.Limit))];
        return blended;

        PlacedItem Weigh(PlacedItem placed)
        {
            float vote = Math.Min(1, (float)votes[placed.Item] / most);
            scene.Trace?.Vote(placed.Item, vote);
            return placed with { Score = ((1 - share) * placed.Score) + (share * first * vote) };
        }
    }
}
