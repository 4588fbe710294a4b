using Aisle.Numerics;

namespace Aisle.Benchmarks.Ranking;

/// <summary>Several models' lists as one: each list's scores are brought to 0..1 for each user, as the product's
/// hybrid does, and summed by weight.</summary>
internal static class Blend
{
    /// <summary>How many items of each list take part.</summary>
    public const int Depth = 200;

    /// <summary>What a model counts.</summary>
    public static readonly double[] Weights = [0, 0.25, 0.5, 1, 2];

    /// <summary>Scores by weighted lists; items in no list get 0.</summary>
    public static UserScorer Of(IReadOnlyList<RankedLists> lists, double[] weights) => (user, scores) =>
    {
        scores.Clear();
        for (int list = 0; list < lists.Count; list++)
        {
            ReadOnlySpan<ScoredIndex> ranked = lists[list].Of(user);
            ranked = ranked[..Math.Min(Depth, ranked.Length)];
            if (ranked.IsEmpty || weights[list] == 0)
            {
                continue;
            }

            float least = ranked[^1].Score;
            float range = Math.Max(ranked[0].Score - least, float.Epsilon);
            foreach (ScoredIndex entry in ranked)
            {
                scores[entry.Index] += (float)(weights[list] * (entry.Score - least) / range);
            }
        }
    };
}
