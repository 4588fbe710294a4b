using Aisle.ColdStart;
using Aisle.Events;

namespace Aisle.Candidates;

/// <summary>What is known about a shopper at one moment: the products touched in the window, and their cohort.</summary>
public sealed record ShopperHistory
{
    /// <summary>Nothing is known.</summary>
    public static ShopperHistory Empty { get; } = new();

    /// <summary>The distinct products, newest first, ties by id.</summary>
    public IReadOnlyList<TouchedProduct> Touched { get; init; } = [];

    /// <summary>What kind of shopper; <see cref="Cohort.Everybody"/> when nothing is known.</summary>
    public Cohort Cohort { get; init; } = Cohort.Everybody;

    /// <summary>Reads a shopper's session features as of a moment.</summary>
    /// <param name="profile">The document, or null when there is none.</param>
    /// <param name="scale">How events become weights: the model's own.</param>
    /// <param name="asOf">The moment; what expired before it or lies ahead of it does not count.</param>
    /// <returns>Products of the latest interactions by their summed weight; further ones that only the list of distinct products remembers count as one view.</returns>
    public static ShopperHistory From(ShopperProfile? profile, FeedbackScale scale, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(scale);
        if (profile is null || profile.ExpiresAt <= asOf)
        {
            return profile is null ? Empty : Empty with { Cohort = CohortOf(profile) };
        }

        IEnumerable<RecentInteraction> older = profile.DistinctProducts
            .Where(distinct => profile.Recent.All(recent => recent.Product != distinct.Product))
            .Select(distinct => new RecentInteraction(distinct.LastEvent, distinct.Product, EventType.View, distinct.LastTouchedAt, null));
        return From(profile.Recent.Concat(older), CohortOf(profile), scale, asOf);
    }

    /// <summary>Sums up interactions as of a moment.</summary>
    /// <param name="interactions">In any order.</param>
    /// <param name="cohort">What kind of shopper.</param>
    /// <param name="scale">How events become weights.</param>
    /// <param name="asOf">The moment.</param>
    public static ShopperHistory From(IEnumerable<RecentInteraction> interactions, Cohort cohort, FeedbackScale scale, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(scale);
        return new ShopperHistory
        {
            Cohort = cohort,
            Touched = [.. interactions
                .Select(act => (Act: act, Weight: scale.WeightOf(act.Type, act.OccurredAt, asOf)))
                .Where(act => act.Weight > 0)
                .GroupBy(act => act.Act.Product)
                .Select(acts => new TouchedProduct(
                    acts.Key,
                    (float)scale.Combine(acts.Sum(act => act.Weight)),
                    acts.MaxBy(act => act.Act.Type.TrainingWeight()).Act.Type,
                    acts.Max(act => act.Act.OccurredAt)))
                .OrderByDescending(touched => touched.LastTouchedAt).ThenBy(touched => touched.Product)],
        };
    }

    private static Cohort CohortOf(ShopperProfile profile) => new(profile.AgeBracket, profile.Location, profile.DeviceType);
}
