using System.Numerics.Tensors;
using Aisle.Factorization;

namespace Aisle.Reranking;

/// <summary>The running Cholesky factor of a greedy determinantal selection.</summary>
/// <param name="items">The candidates' rows.</param>
/// <param name="embeddings">Unit rows, or zero rows.</param>
/// <param name="relevance">n: scaled relevance; −∞ once picked.</param>
/// <param name="quality">n: q.</param>
/// <param name="distances">n: d², what a candidate would multiply the determinant by.</param>
/// <param name="rows">picks × n: the rows of the factor, one for each pick.</param>
internal readonly ref struct DeterminantalState(
    ReadOnlySpan<int> items, FactorMatrix embeddings, Span<float> relevance, Span<float> quality, Span<float> distances, Span<float> rows)
{
    private readonly ReadOnlySpan<int> _items = items;
    private readonly Span<float> _relevance = relevance;
    private readonly Span<float> _quality = quality;
    private readonly Span<float> _distances = distances;
    private readonly Span<float> _rows = rows;

    /// <summary>Scales relevance and starts with d² = L_ii = q².</summary>
    public void Start(ReadOnlySpan<float> raw, float alpha)
    {
        MaximalMarginalRelevance.Scale(raw, _relevance);
        TensorPrimitives.Multiply(_relevance, alpha, _quality);
        TensorPrimitives.Exp(_quality, _quality);
        TensorPrimitives.Multiply(_quality, _quality, _distances);
    }

    /// <summary>The candidate that adds most to the determinant; −1 when all that are left lie in the span of the picks.</summary>
    public int Best(float spanned)
    {
        int best = -1;
        float most = 0;
        for (int candidate = 0; candidate < _items.Length; candidate++)
        {
            if (_distances[candidate] > most && _distances[candidate] > spanned * _quality[candidate] * _quality[candidate])
            {
                (best, most) = (candidate, _distances[candidate]);
            }
        }

        return best;
    }

    /// <summary>The most relevant candidate that is not picked.</summary>
    public int MostRelevant()
    {
        int best = 0;
        for (int candidate = 1; candidate < _items.Length; candidate++)
        {
            best = _relevance[candidate] > _relevance[best] ? candidate : best;
        }

        return best;
    }

    /// <summary>Takes a candidate: e_i = (L_ji − ⟨c_j, c_i⟩) / d_j, and d_i² falls by e_i².</summary>
    public void Take(int picked, int pick)
    {
        Span<float> row = _rows.Slice(pick * _items.Length, _items.Length);
        float distance = MathF.Sqrt(Math.Max(_distances[picked], 0));
        for (int candidate = 0; candidate < _items.Length; candidate++)
        {
            float kernel = _quality[picked] * _quality[candidate] * TensorPrimitives.Dot(embeddings[_items[picked]], embeddings[_items[candidate]]);
            for (int earlier = 0; earlier < pick; earlier++)
            {
                kernel -= _rows[(earlier * _items.Length) + picked] * _rows[(earlier * _items.Length) + candidate];
            }

            row[candidate] = distance > 0 ? kernel / distance : 0;
            _distances[candidate] -= row[candidate] * row[candidate];
        }

        _relevance[picked] = float.NegativeInfinity;
        _distances[picked] = float.NegativeInfinity;
    }
}
