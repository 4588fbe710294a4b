using System.Numerics.Tensors;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Candidates.ItemToItem;

/// <summary>EASE with the item-side inverse P: an item's score is −(x·P)_j / P_jj, its own share left out.</summary>
internal sealed class EaseScorer : IItemScorer
{
    private readonly AlignedBuffer _inverse;
    private readonly int _stride;
    private readonly float[] _scales;

    /// <summary>Takes ownership of the inverse.</summary>
    /// <param name="inverse">P, padded.</param>
    /// <param name="itemCount">How many items there are.</param>
    public EaseScorer(AlignedBuffer inverse, int itemCount)
    {
        _inverse = inverse;
        ItemCount = itemCount;
        _stride = SymmetricInverse.Padded(itemCount);
        _scales = new float[itemCount];
        for (int item = 0; item < itemCount; item++)
        {
            _scales[item] = -1 / _inverse.Slice(((long)item * _stride) + item, 1)[0];
        }
    }

    /// <inheritdoc/>
    public int ItemCount { get; }

    /// <inheritdoc/>
    /// <remarks>O(history · items). B_jj = 0: what a history item says of itself is taken out again.</remarks>
    public void Score(ReadOnlySpan<int> items, ReadOnlySpan<float> weights, Span<float> scores)
    {
        scores.Clear();
        for (int index = 0; index < items.Length; index++)
        {
            TensorPrimitives.MultiplyAdd(_inverse.Slice((long)items[index] * _stride, ItemCount), weights[index], scores, scores);
        }

        TensorPrimitives.Multiply(scores, _scales, scores);
        for (int index = 0; index < items.Length; index++)
        {
            scores[items[index]] += weights[index];
        }
    }
}
