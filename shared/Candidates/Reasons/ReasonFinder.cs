using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Shoppers;
using Aisle.ColdStart;
using Aisle.Events;

namespace Aisle.Candidates.Reasons;

/// <summary>Says why a product is recommended, from what really went into its score.</summary>
public sealed class ReasonFinder
{
    private static readonly HashSet<int> Nothing = [];

    private readonly HashSet<int> _trending;
    private readonly Dictionary<CohortPopularity, HashSet<int>> _liked;

    /// <summary>Prepares what all shoppers share: O(items + sizes of the cohorts' lists).</summary>
    /// <param name="recommender">What recommends.</param>
    public ReasonFinder(HybridRecommender recommender)
    {
        ArgumentNullException.ThrowIfNull(recommender);
        Recommender = recommender;
        _trending = [.. recommender.Bundle.Trending.Select(entry => entry.Index)];
        _liked = recommender.Bundle.Popularity.Cohorts
            .ToDictionary(cohort => cohort, cohort => cohort.Ranked.Select(entry => entry.Index).ToHashSet(), (IEqualityComparer<CohortPopularity>)ReferenceEqualityComparer.Instance);
    }

    private ReasonFinder(ReasonFinder other, HybridRecommender recommender)
    {
        Recommender = recommender;
        _trending = other._trending;
        _liked = other._liked;
    }

    /// <summary>What recommends.</summary>
    public HybridRecommender Recommender { get; }

    /// <summary>The same for another way of fusing the same model, at once.</summary>
    public ReasonFinder With(HybridRecommender recommender) => new(this, recommender);

    /// <summary>The reasons for the products of a slate.</summary>
    /// <param name="history">The history that they were recommended for.</param>
    /// <param name="shown">The products and the sources that brought them.</param>
    /// <param name="now">The moment that newness is counted to.</param>
    /// <returns>One for each, in the order given: the touched product that contributed most to what the source says; without one,
    /// newness, a trend, or popularity.</returns>
    public IReadOnlyList<Reason> Find(ShopperHistory history, IReadOnlyList<ShownItem> shown, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(shown);
        HashSet<int> liked = LikedBy(history.Cohort);
        IReadOnlyList<TouchContribution?>? strongest = history.Touched.Count == 0 ? null : Recommender.StrongestBySource(history, shown);
        Reason[] reasons = new Reason[shown.Count];
        for (int index = 0; index < reasons.Length; index++)
        {
            reasons[index] = Reason(history, shown[index].Item, strongest?[index], liked, now);
        }

        return reasons;
    }

    /// <summary>The reason for one product, judged by all sources together.</summary>
    /// <param name="history">The history that it was recommended for.</param>
    /// <param name="item">The product, by index.</param>
    /// <param name="now">The moment that newness is counted to.</param>
    public Reason Find(ShopperHistory history, int item, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(history);
        TouchContribution? strongest = null;
        foreach (TouchContribution contribution in history.Touched.Count == 0 ? [] : Recommender.Explain(history, item))
        {
            if (contribution.Item != item && contribution.Share > 0)
            {
                strongest = contribution;
                break;
            }
        }

        return Reason(history, item, strongest, LikedBy(history.Cohort), now);
    }

    private Reason Reason(ShopperHistory history, int item, TouchContribution? strongest, HashSet<int> liked, DateTimeOffset now)
    {
        ModelBundle bundle = Recommender.Bundle;
        return strongest is { } contribution
            ? new Reason(CodeOf(StrongestTouch(history, bundle.Items[contribution.Item])), bundle.Items[contribution.Item], contribution.Share)
            : new Reason(WithoutHistory(bundle, liked, item, now), null, null);
    }

    private static EventType StrongestTouch(ShopperHistory history, ProductId product)
    {
        foreach (TouchedProduct touched in history.Touched)
        {
            if (touched.Product == product)
            {
                return touched.Strongest;
            }
        }

        throw new InvalidOperationException("A product that was not touched speaks for another.");
    }

    private HashSet<int> LikedBy(Cohort cohort) =>
        !cohort.IsEverybody && Recommender.Bundle.Popularity.FinestFor(cohort) is { } group ? _liked[group] : Nothing;

    private ReasonCode WithoutHistory(ModelBundle bundle, HashSet<int> liked, int item, DateTimeOffset now) =>
        Newness.IsNew(bundle.Products[item], now, Recommender.Options.NewProducts) ? ReasonCode.NewArrival
        : _trending.Contains(item) ? ReasonCode.Trending
        : liked.Contains(item) ? ReasonCode.PopularInYourGroup
        : ReasonCode.Popular;

    private static ReasonCode CodeOf(EventType strongest) => strongest switch
    {
        EventType.Purchase => ReasonCode.BecauseYouBought,
        EventType.AddToCart => ReasonCode.BecauseYouAddedToCart,
        _ => ReasonCode.BecauseYouViewed,
    };
}
