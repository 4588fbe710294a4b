using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Shoppers;
using Aisle.ColdStart;
using Aisle.Evaluation.Slates;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Benchmarks.Shops;

/// <summary>The product's recommender for shoppers of whom only the first few products are known, drawn by chance;
/// all that they have stays masked.</summary>
/// <param name="recommender">The model and its options.</param>
/// <param name="histories">What each shopper did.</param>
/// <param name="known">How many of a shopper's products are known.</param>
internal sealed class CutSlates(HybridRecommender recommender, InteractionMatrix histories, int known) : ISlateSource
{
    /// <inheritdoc/>
    public int Rank(int user, Span<int> slate)
    {
        int[] items = histories.ItemsOf(user).ToArray();
        float[] weights = histories.WeightsOf(user).ToArray();
        int[] order = [.. Enumerable.Range(0, items.Length)];
        SeededRandom random = SeededRandom.Derive(1, (ulong)user);
        int[] shuffled = [.. order.Select(index => (Index: index, Key: random.NextDouble())).OrderBy(entry => entry.Key).Select(entry => entry.Index)];
        int[] kept = [.. shuffled.Take(known).Order()];
        IndexedHistory history = new([.. kept.Select(index => items[index])], [.. kept.Select(index => weights[index])], kept.Length, items);
        IReadOnlyList<ScoredItem> ranked = recommender.Recommend(history, Cohort.Everybody, slate.Length, recommender.Bundle.AsOf, among: null).Items;
        for (int rank = 0; rank < ranked.Count; rank++)
        {
            slate[rank] = ranked[rank].Item;
        }

        return ranked.Count;
    }
}
