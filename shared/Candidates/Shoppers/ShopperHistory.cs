using System.Runtime.InteropServices;
using Aisle.ColdStart;
using Aisle.Events;
using Aisle.Events.Features;

namespace Aisle.Candidates.Shoppers;

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
    /// <returns>Products of the latest interactions by their summed weight; further ones that only the list of distinct
    /// products remembers count as one view.</returns>
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
        Dictionary<ProductId, Sum> sums = [];
        foreach (RecentInteraction act in interactions)
        {
            double weight = scale.WeightOf(act.Type, act.OccurredAt, asOf);
            if (weight > 0)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(sums, act.Product, out _).Add(act, weight);
            }
        }

        TouchedProduct[] touched = new TouchedProduct[sums.Count];
        int count = 0;
        foreach ((ProductId product, Sum sum) in sums)
        {
            touched[count++] = new TouchedProduct(product, (float)scale.Combine(sum.Weight), sum.Strongest, sum.LastTouchedAt);
        }

        Array.Sort(touched, static (a, b) => a.LastTouchedAt != b.LastTouchedAt ? b.LastTouchedAt.CompareTo(a.LastTouchedAt) : a.Product.CompareTo(b.Product));
        return new ShopperHistory { Cohort = cohort, Touched = touched };
    }

    private static Cohort CohortOf(ShopperProfile profile) => new(profile.AgeBracket, profile.Location, profile.DeviceType);

    /// <summary>What was done with one product, as far as it has been read.</summary>
    private struct Sum
    {
        private bool _isBegun;

        public double Weight { get; private set; }

        public EventType Strongest { get; private set; }

        public DateTimeOffset LastTouchedAt { get; private set; }

        public void Add(RecentInteraction act, double weight)
        {
            Weight += weight;
            Strongest = !_isBegun || act.Type.TrainingWeight() > Strongest.TrainingWeight() ? act.Type : Strongest;
            LastTouchedAt = !_isBegun || act.OccurredAt > LastTouchedAt ? act.OccurredAt : LastTouchedAt;
            _isBegun = true;
        }
    }
}
