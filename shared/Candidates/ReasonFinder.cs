using Aisle.ColdStart;
using Aisle.Events;

namespace Aisle.Candidates;

/// <summary>Says why a product is recommended, from what really went into its score.</summary>
/// <param name="recommender">What recommended it.</param>
public sealed class ReasonFinder(HybridRecommender recommender)
{
    /// <summary>The reason for one product.</summary>
    /// <param name="history">The history that it was recommended for.</param>
    /// <param name="item">The product, by index.</param>
    /// <param name="now">The moment that newness is counted to.</param>
    /// <returns>The touched product that contributed most; without one, newness, a trend, or popularity.</returns>
    public Reason Find(ShopperHistory history, int item, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(history);
        ModelBundle bundle = recommender.Bundle;
        TouchContribution? strongest = history.Touched.Count == 0 ? null : recommender.Explain(history, item)
            .Where(contribution => contribution.Item != item && contribution.Share > 0)
            .Select(contribution => (TouchContribution?)contribution)
            .FirstOrDefault();
        if (strongest is { } contribution)
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
