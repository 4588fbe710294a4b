using Aisle.Candidates;
using Aisle.Evaluation;
using Aisle.Events;
using Aisle.Feedback;

namespace Aisle.RetrainTrigger;

/// <summary>Lets the real recommender be judged: it answers held-out shoppers from what they did before the cut, and leaves out what they touched.</summary>
internal sealed class RecommenderSlates(HybridRecommender recommender, InteractionMatrix train) : ISlateSource
{
    private readonly HybridRecommender _recommender =
        new(recommender.Bundle, recommender.Options with { LeaveOutTouched = true });

    /// <inheritdoc/>
    public int Rank(int user, Span<int> slate)
    {
        ModelBundle bundle = _recommender.Bundle;
        ReadOnlySpan<int> items = train.ItemsOf(user);
        TouchedProduct[] touched = new TouchedProduct[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            touched[i] = new TouchedProduct(bundle.Items[items[i]], train.WeightsOf(user)[i], EventType.View, bundle.AsOf);
        }

        IReadOnlyList<ScoredItem> ranked = _recommender.Recommend(new ShopperHistory { Touched = touched }, slate.Length, bundle.AsOf, null).Items;
        for (int i = 0; i < ranked.Count; i++)
        {
            slate[i] = ranked[i].Item;
        }

        return ranked.Count;
    }
}
