using System.Buffers;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Evaluation.Slates;

/// <summary>Ranks the whole catalogue by a scorer, without what the user has: ties go to the lower index.</summary>
/// <param name="scorer">The model.</param>
/// <param name="histories">What each user has done; the model scores from it, and its items are masked.</param>
public sealed class ScorerSlates(IItemScorer scorer, InteractionMatrix histories) : ISlateSource
{
    /// <inheritdoc/>
    public int Rank(int user, Span<int> slate)
    {
        float[] buffer = ArrayPool<float>.Shared.Rent(scorer.ItemCount);
        Span<float> scores = buffer.AsSpan(0, scorer.ItemCount);
        scorer.Score(histories.ItemsOf(user), histories.WeightsOf(user), scores);
        ScoredIndex[] best = TopK.Of(scores, slate.Length, histories.ItemsOf(user));
        ArrayPool<float>.Shared.Return(buffer);
        for (int rank = 0; rank < best.Length; rank++)
        {
            slate[rank] = best[rank].Index;
        }

        return best.Length;
    }
}
