using Aisle.Candidates.Shoppers;
using Aisle.Factorization.Scoring;

namespace Aisle.Candidates.Hybrid;

/// <summary>Scores all items for up to 32 shoppers at once: the catalogue is read once for all of them, which is what scoring it costs.
/// Scratch of one thread, used again for the next block.</summary>
/// <remarks>A shopper's scores do not depend on who else is in the block.</remarks>
internal sealed class HybridBlock
{
    /// <summary>How many shoppers a block has at most.</summary>
    public const int Shoppers = BlockProducts.Vectors;

    private readonly HybridScorer _scorer;
    private readonly BlockProducts _factors;
    private readonly BlockProducts _embeddings;
    private readonly float[] _users;
    private readonly float[] _profiles;
    private readonly float[] _factorProducts;
    private readonly float[] _contentProducts;
    private readonly bool[] _hasFactors = new bool[Shoppers];
    private readonly bool[] _hasContent = new bool[Shoppers];
    private readonly HybridScores _scores;

    /// <summary>Reserves scratch.</summary>
    /// <param name="scorer">What the products become scores by.</param>
    /// <param name="factors">The item factors.</param>
    /// <param name="embeddings">The content embeddings.</param>
    /// <param name="items">How many items.</param>
    public HybridBlock(HybridScorer scorer, BlockProducts factors, BlockProducts embeddings, int items)
    {
        _scorer = scorer;
        _factors = factors;
        _embeddings = embeddings;
        _users = new float[Shoppers * factors.Width];
        _profiles = new float[Shoppers * embeddings.Width];
        _factorProducts = new float[Shoppers * factors.Stride];
        _contentProducts = new float[Shoppers * embeddings.Stride];
        _scores = new HybridScores(items);
    }

    /// <summary>Who is in the block.</summary>
    public IReadOnlyList<IndexedHistory> Histories { get; private set; } = [];

    /// <summary>Takes other shoppers and multiplies the catalogue for them.</summary>
    /// <param name="histories">At most <see cref="Shoppers"/>.</param>
    /// <remarks>O(items·(f + d)) for each.</remarks>
    public void Load(IReadOnlyList<IndexedHistory> histories)
    {
        Histories = histories;
        for (int index = 0; index < histories.Count; index++)
        {
            (_hasFactors[index], _hasContent[index]) = _scorer.Solve(
                histories[index], _users.AsSpan(index * _factors.Width, _factors.Width), _profiles.AsSpan(index * _embeddings.Width, _embeddings.Width));
        }

        Multiply(_factors, _users, _hasFactors, _factorProducts);
        Multiply(_embeddings, _profiles, _hasContent, _contentProducts);
    }

    /// <summary>The scores of one shopper of the block; valid until the next call.</summary>
    public HybridScores Score(int index)
    {
        _scores.Begin();
        int items = _scores.Fused.Length;
        _scores.FactorProducts = _hasFactors[index] ? _factorProducts.AsMemory(index * _factors.Stride, items) : null;
        _scores.ContentProducts = _hasContent[index] ? _contentProducts.AsMemory(index * _embeddings.Stride, items) : null;
        _scorer.Score(Histories[index], _scores);
        return _scores;
    }

    private void Multiply(BlockProducts rows, float[] vectors, bool[] wanted, float[] products)
    {
        if (wanted.AsSpan(0, Histories.Count).Contains(true))
        {
            rows.Multiply(vectors, Histories.Count, products);
        }
    }
}
