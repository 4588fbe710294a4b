using System.Numerics.Tensors;
using Aisle.Feedback;

namespace Aisle.Factorization.Folding;

/// <summary>Scores items by a factorization: the history is folded in, and the score of an item is its inner product
/// with the resulting user factors.</summary>
/// <param name="items">The trained item factors.</param>
/// <param name="options">The options they were trained with.</param>
public sealed class FactorScorer(FactorMatrix items, IalsOptions options) : IItemScorer
{
    private readonly FactorMatrix _items = items;
    private readonly FoldIn _foldIn = new(items, options);

    /// <inheritdoc/>
    public int ItemCount => _items.Count;

    /// <inheritdoc/>
    /// <remarks>O(f²·history + f³ + f·items). Allocates nothing once the thread has called it, up to 256 factors.</remarks>
    public void Score(ReadOnlySpan<int> items, ReadOnlySpan<float> weights, Span<float> scores)
    {
        Span<float> user = _items.Width <= 256 ? stackalloc float[_items.Width] : new float[_items.Width];
        _foldIn.Solve(items, weights, user);
        for (int item = 0; item < _items.Count; item++)
        {
            scores[item] = TensorPrimitives.Dot(user, _items[item]);
        }
    }
}
