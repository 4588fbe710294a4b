using Aisle.Feedback;

namespace Aisle.Candidates.ItemToItem;

/// <summary>Scores items by their similarity to a history: the sum over the history of weight · similarity.</summary>
/// <param name="neighbours">For each item the items it speaks for, and how strongly.</param>
public sealed class NeighbourScorer(InteractionMatrix neighbours) : IItemScorer
{
    /// <summary>For each item the items it speaks for, and how strongly (items × items).</summary>
    public InteractionMatrix Neighbours => neighbours;

    /// <inheritdoc/>
    public int ItemCount => neighbours.ItemCount;

    /// <inheritdoc/>
    /// <remarks>O(items + history · neighbours).</remarks>
    public void Score(ReadOnlySpan<int> items, ReadOnlySpan<float> weights, Span<float> scores)
    {
        scores.Clear();
        SparseProduct.AddCombination(items, weights, neighbours, scores);
    }
}
