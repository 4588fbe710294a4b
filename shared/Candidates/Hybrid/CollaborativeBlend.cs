using System.Numerics.Tensors;
using Aisle.Candidates.ItemToItem;
using Aisle.Candidates.Shoppers;
using Aisle.Feedback;

namespace Aisle.Candidates.Hybrid;

/// <summary>Makes one collaborative source of its two halves: factors, which see taste as a whole, and walks from item to
/// item, which see what goes with what.</summary>
/// <remarks>(1 − γ)·f / range(f) + γ·w / range(w) before the source as a whole is scaled. The two err differently: Ferrari Dacrema and
/// others (2019) find neither ahead everywhere. A product that no walk reaches keeps its factors' score alone.</remarks>
internal sealed class CollaborativeBlend
{
    private readonly InteractionMatrix _walks;
    private readonly float _share;
    private readonly float[] _factorShares;

    /// <summary>Finds out which items walks reach: O(entries).</summary>
    /// <param name="walks">Items × items.</param>
    /// <param name="share">γ, in 0 … 1.</param>
    public CollaborativeBlend(InteractionMatrix walks, float share)
    {
        _walks = walks;
        _share = share;
        _factorShares = new float[walks.ItemCount];
        Array.Fill(_factorShares, 1f);
        foreach (int item in walks.AllItems)
        {
            _factorShares[item] = 1 - share;
        }
    }

    /// <summary>The share of factors in an item's score: 1 − γ, or 1 for an item that no walk reaches.</summary>
    public float FactorShare(int item) => _factorShares[item];

    /// <summary>Replaces the scores by factors with those of both halves.</summary>
    /// <param name="history">The shopper's.</param>
    /// <param name="scores">Hold the scores by factors, raw.</param>
    /// <param name="factorRange">range(f), positive.</param>
    /// <remarks>O(items + touched · neighbours).</remarks>
    public void Mix(IndexedHistory history, HybridScores scores, float factorRange)
    {
        float[] values = scores.Collaborative.Values;
        float[] walks = scores.Walks;
        Array.Clear(walks);
        if (_share > 0)
        {
            SparseProduct.AddCombination(history.Items, history.Weights, _walks, walks);
        }

        float walkRange = walks.Length == 0 ? 0 : TensorPrimitives.Max<float>(walks);
        scores.CollaborativeUnits = (1 / factorRange, walkRange > 0 ? _share / walkRange : 0);
        TensorPrimitives.Multiply(values, 1 / factorRange, values);
        TensorPrimitives.Multiply(values, _factorShares, values);
        TensorPrimitives.MultiplyAdd(walks, scores.CollaborativeUnits.Walks, values, values);
    }

    /// <summary>Fills what each touched item adds to the walks' score of an item; the parts sum to it.</summary>
    public void Explain(IndexedHistory history, int item, Span<double> parts)
    {
        parts.Clear();
        for (int index = 0; index < parts.Length && _share > 0; index++)
        {
            int found = _walks.ItemsOf(history.Items[index]).BinarySearch(item);
            parts[index] = found >= 0 ? (double)history.Weights[index] * _walks.WeightsOf(history.Items[index])[found] : 0;
        }
    }
}
