using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Shoppers;
using Aisle.ColdStart;
using Aisle.Evaluation.Slates;
using Aisle.Feedback;
using Aisle.Reranking;

namespace Aisle.Benchmarks.Shops;

/// <summary>The product's recommender under judgement: it answers from given histories and leaves out what they hold.</summary>
/// <param name="recommender">The model and its options.</param>
/// <param name="histories">What each shopper did.</param>
/// <param name="diversity">λ of a re-ranking of the best hundred, or null for none.</param>
internal sealed class HybridSlates(HybridRecommender recommender, InteractionMatrix histories, double? diversity = null) : ISlateSource
{
    private const int Pool = 100;

    /// <inheritdoc/>
    public int Rank(int user, Span<int> slate)
    {
        int[] items = histories.ItemsOf(user).ToArray();
        IndexedHistory history = new(items, histories.WeightsOf(user).ToArray(), items.Length, items);
        int limit = diversity is null ? slate.Length : Math.Max(Pool, slate.Length);
        IReadOnlyList<ScoredItem> ranked = recommender.Recommend(history, Cohort.Everybody, limit, recommender.Bundle.AsOf, among: null).Items;
        return diversity is { } lambda ? Diverse(ranked, lambda, slate) : Copy(ranked, slate);
    }

    private static int Copy(IReadOnlyList<ScoredItem> ranked, Span<int> slate)
    {
        for (int rank = 0; rank < ranked.Count; rank++)
        {
            slate[rank] = ranked[rank].Item;
        }

        return ranked.Count;
    }

    private int Diverse(IReadOnlyList<ScoredItem> ranked, double lambda, Span<int> slate)
    {
        int[] items = [.. ranked.Select(entry => entry.Item)];
        float[] relevance = [.. ranked.Select(entry => entry.Score)];
        int picked = MaximalMarginalRelevance.Select(items, relevance, recommender.Bundle.Content.Embeddings, lambda, slate, new float[2 * items.Length]);
        for (int pick = 0; pick < picked; pick++)
        {
            slate[pick] = items[slate[pick]];
        }

        return picked;
    }
}
