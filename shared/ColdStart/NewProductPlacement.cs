using System.Numerics.Tensors;
using Aisle.Content;
using Aisle.Factorization;
using Aisle.Numerics;

namespace Aisle.ColdStart;

/// <summary>Gives products that nobody touched yet the factors of what they resemble, so that the collaborative source
/// can rank them from the first day.</summary>
/// <remarks>The weighted mean of similar products' factors, known as item attribute-to-factor mapping by neighbours
/// (Gantner and others 2010, section 4.1).</remarks>
public static class NewProductPlacement
{
    /// <summary>Item factors in which products without shoppers inherit from their nearest established neighbours.</summary>
    /// <param name="factors">n × f, as trained.</param>
    /// <param name="embeddings">n × d, unit rows or zero.</param>
    /// <param name="shoppers">Distinct shoppers of each item.</param>
    /// <param name="options">Who is established, and how many lend.</param>
    /// <param name="cancellationToken">Heeded between products.</param>
    /// <returns>A copy: row = Σ cos·y / Σ cos over the lenders; a product without content, or that resembles none, keeps its row.</returns>
    /// <remarks>O(new products · n · d).</remarks>
    public static FactorMatrix Place(
        FactorMatrix factors, FactorMatrix embeddings, IReadOnlyList<int> shoppers, NewProductOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(factors);
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(shoppers);
        ArgumentNullException.ThrowIfNull(options);
        if (embeddings.Count != factors.Count || shoppers.Count != factors.Count)
        {
            throw new ArgumentException("Factors, embeddings and counts must be of the same items.", nameof(embeddings));
        }

        FactorMatrix placed = new(factors.Count, factors.Width, factors.Values.ToArray());
        int[] newcomers = [.. Enumerable.Range(0, factors.Count).Where(item => shoppers[item] == 0)];
        Parallel.ForEach(newcomers, new ParallelOptions { CancellationToken = cancellationToken }, item =>
        {
            IReadOnlyList<ScoredIndex> lenders = SimilarContent.Of(embeddings, item, options.Lenders, other => shoppers[other] >= options.EstablishedFloor);
            Inherit(factors, lenders, placed.Row(item));
        });
        return placed;
    }

    private static void Inherit(FactorMatrix factors, IReadOnlyList<ScoredIndex> lenders, Span<float> row)
    {
        float total = lenders.Sum(lender => lender.Score);
        foreach (ScoredIndex lender in lenders)
        {
            TensorPrimitives.MultiplyAdd(factors[lender.Index], lender.Score / total, row, row);
        }
    }
}
