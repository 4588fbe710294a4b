using System.Numerics.Tensors;
using Aisle.Factorization;
using Aisle.Numerics;

namespace Aisle.Content;

/// <summary>Finds the products that say most nearly the same.</summary>
public static class SimilarContent
{
    /// <summary>The nearest products of one, best first.</summary>
    /// <param name="embeddings">n × d, unit rows or zero.</param>
    /// <param name="item">The product; never its own neighbour.</param>
    /// <param name="count">How many at most, positive.</param>
    /// <param name="among">Whether a product may be a neighbour; null when all may.</param>
    /// <returns>Products with a positive cosine; empty when the product has no content.</returns>
    /// <remarks>Exact, O(n·d).</remarks>
    public static IReadOnlyList<ScoredIndex> Of(FactorMatrix embeddings, int item, int count, Func<int, bool>? among)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        TopK nearest = new(count);
        ReadOnlySpan<float> row = embeddings[item];
        for (int other = 0; other < embeddings.Count; other++)
        {
            if (other != item && (among is null || among(other)))
            {
                float cosine = TensorPrimitives.Dot(row, embeddings[other]);
                if (cosine > 0)
                {
                    nearest.Offer(other, cosine);
                }
            }
        }

        ScoredIndex[] ranked = new ScoredIndex[nearest.Count];
        nearest.Drain(ranked);
        return ranked;
    }
}
