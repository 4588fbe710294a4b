using Aisle.ColdStart;
using Aisle.Events;

namespace Aisle.Candidates;

/// <summary>Says why a product is recommended, from what really went into its score.</summary>
/// <param name="recommender">What recommended it.</param>
public sealed class ReasonFinder(HybridRecommender recommender)
{
    /// <summary>The reasons for the products of a slate.</summary>
    /// <param name="history">The history that they were recommended for.</param>
    /// <param name="shown">The products and the sources that brought them.</param>
    /// <param name="now">The moment that newness is counted to.</param>
    /// <returns>One for each, in the order given: the touched product that contributed most to what the source says; without one, newness, a trend, or popularity.</returns>
    public IReadOnlyList<Reason> Find(ShopperHistory history, IReadOnlyList<ShownItem> shown, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(shown);
        return [.. shown.Zip(recommender.ExplainBySource(history, shown), (item, contributions) => Reason(history, item.Item, contributions, now))];
    }

    /// <summary>The reason for one product, judged by all sources together.</summary>
    /// <param name="history">The history that it was recommended for.</param>
    /// <param name="item">The product, by index.</param>
    /// <param name="now">The moment that newness is counted to.</param>
    public Reason Find(ShopperHistory history, int item, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(history);
        return Reason(history, item, history.Touched.Count == 0 ? [] : recommender.Explain(history, item), now);
    }

    private Reason Reason(ShopperHistory history, int item, IReadOnlyList<TouchContribution> contributions, DateTimeOffset now)
    {
        ModelBundle bundle = recommender.Bundle;
        foreach (TouchContribution contribution in contributions.Where(contribution => contribution.Item != item && contribution.Share > 0).Take(1))
        {
            ProductId because = bundle.Items[contribution.Item];
            return new Reason(CodeOf(history.Touched.First(touched => touched.Product == because).Strongest), because, contribution.Share);
        }

        return new Reason(WithoutHistory(bundle, history.Cohort, item, now), null, null);
    }

    private ReasonCode WithoutHistory(ModelBundle bundle, Cohort cohort, int item, DateTimeOffset now) =>
        Newness.IsNew(bundle.Products[item], now, recommender.Options.NewProducts) ? ReasonCode.NewArrival
        : bundle.Trending.Any(entry => entry.Index == item) ? ReasonCode.Trending
        : bundle.Popularity.FinestFor(cohort)?.Ranked.Any(entry => entry.Index == item) == true ? ReasonCode.PopularInYourGroup
        : ReasonCode.Popular;

    private static ReasonCode CodeOf(EventType strongest) => strongest switch
    {
        EventType.Purchase => ReasonCode.BecauseYouBought,
        EventType.AddToCart => ReasonCode.BecauseYouAddedToCart,
        _ => ReasonCode.BecauseYouViewed,
    };
}
