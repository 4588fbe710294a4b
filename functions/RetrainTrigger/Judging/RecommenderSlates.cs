using Aisle.Candidates;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Shoppers;
using Aisle.Evaluation.Slates;
using Aisle.Events;
using Aisle.Feedback;

namespace Aisle.RetrainTrigger.Judging;

/// <summary>Lets the real recommender be judged: it answers held-out shoppers from what they did before the cut,
/// and leaves out what they touched.</summary>
/// <param name="recommender">Over a model that was trained before the cut.</param>
/// <param name="histories">What the recommender is told of each shopper.</param>
/// <param name="masked">What must not be shown to each; the histories when they are the same.</param>
internal sealed class RecommenderSlates(HybridRecommender recommender, InteractionMatrix histories, InteractionMatrix masked) : ISlateSource
{
    private readonly HybridRecommender _recommender =
        new(recommender.Bundle, recommender.Options with { LeaveOutTouched = true });

    /// <inheritdoc/>
    public int Rank(int user, Span<int> slate)
    {
        ModelBundle bundle = _recommender.Bundle;
        ReadOnlySpan<int> items = histories.ItemsOf(user);
        TouchedProduct[] touched = new TouchedProduct[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            touched[i] = new TouchedProduct(bundle.Items[items[i]], histories.WeightsOf(user)[i], EventType.View, bundle.AsOf);
        }

        ReadOnlySpan<int> hidden = ReferenceEquals(histories, masked) ? [] : masked.ItemsOf(user);
        int count = 0;
        foreach (ScoredItem item in _recommender.Recommend(new ShopperHistory { Touched = touched }, slate.Length + hidden.Length, bundle.AsOf, null).Items)
        {
            if (count < slate.Length && hidden.BinarySearch(item.Item) < 0)
            {
                slate[count++] = item.Item;
            }
        }

        return count;
    }
}
