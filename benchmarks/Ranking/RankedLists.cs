using System.Buffers;
using Aisle.Evaluation.Slates;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Benchmarks.Ranking;

/// <summary>Each user's best items by a model, kept with their scores: ranked once, judged at any cut. Seen items are
/// masked; ties go to the lower index.</summary>
internal sealed class RankedLists : ISlateSource
{
    private readonly Dictionary<int, ScoredIndex[]> _lists;

    /// <summary>Ranks for some users.</summary>
    /// <param name="scorer">The model.</param>
    /// <param name="seen">Whose items are masked.</param>
    /// <param name="users">For whom.</param>
    /// <param name="length">How many items are kept.</param>
    /// <param name="parallelism">How many threads; each needs scores for all items.</param>
    public RankedLists(UserScorer scorer, InteractionMatrix seen, IReadOnlyList<int> users, int length, int parallelism)
    {
        ScoredIndex[][] lists = new ScoredIndex[users.Count][];
        Parallel.For(0, users.Count, new ParallelOptions { MaxDegreeOfParallelism = parallelism }, index => lists[index] = Rank(scorer, seen, users[index], length));
        _lists = users.Zip(lists).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>A user's list, best first; empty for a user who was not ranked.</summary>
    public ReadOnlySpan<ScoredIndex> Of(int user) => _lists.GetValueOrDefault(user) ?? [];

    /// <inheritdoc/>
    public int Rank(int user, Span<int> slate)
    {
        ReadOnlySpan<ScoredIndex> list = Of(user);
        int count = Math.Min(slate.Length, list.Length);
        for (int rank = 0; rank < count; rank++)
        {
            slate[rank] = list[rank].Index;
        }

        return count;
    }

    /// <summary>Items that score exactly 0 were not reached by the model and are left to popularity.</summary>
    private static ScoredIndex[] Rank(UserScorer scorer, InteractionMatrix seen, int user, int length)
    {
        if (seen.ItemsOf(user).IsEmpty)
        {
            return [];
        }

        float[] buffer = ArrayPool<float>.Shared.Rent(seen.ItemCount);
        Span<float> scores = buffer.AsSpan(0, seen.ItemCount);
        scorer(user, scores);
        ScoredIndex[] best = [.. TopK.Of(scores, length, seen.ItemsOf(user)).Where(entry => entry.Score != 0)];
        ArrayPool<float>.Shared.Return(buffer);
        return best;
    }
}
