using System.Text.Json;
using Aisle.Candidates;
using Aisle.Events;
using Aisle.Numerics;

namespace Aisle.ScoreUser;

/// <summary>Finds what a surface offers: the precomputed list when nothing fresher is known, else the live sources.</summary>
/// <param name="options">How deep.</param>
public sealed class CandidateFinder(ScoreUserOptions options)
{
    /// <summary>The candidates of one request.</summary>
    /// <param name="model">What serves.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="shopper">What is known.</param>
    /// <param name="history">The same as the model understands it.</param>
    /// <param name="hybrid">How sources are fused.</param>
    /// <param name="mayShow">Whether an item passes the filters: live sources look only among those.</param>
    /// <param name="now">The moment that newness counts to.</param>
    public CandidatePool Find(
        ServingModel model, SlateRequest request, Shopper shopper, ShopperHistory history, HybridOptions hybrid, Func<int, bool> mayShow, DateTimeOffset now)
    {
        int[] context = [.. Indexes(model, request.Context)];
        int[] latest = [.. Indexes(model, Latest(shopper)).Take(1)];
        return request.Surface switch
        {
            Surface.Similar => Shelf("similar", context.Length == 0 ? [] : model.Shelves.SimilarTo(context[0], options.Depth), CandidateSource.Content),
            Surface.BoughtTogether => Shelf("bought_together", model.Shelves.BoughtWith(context, options.Depth), CandidateSource.Neighbours),
            Surface.Cart => Shelf("cart", Either(model.Shelves.BoughtWith(context, options.Depth), model.Shelves.TouchedWith(context, options.Depth)), CandidateSource.Neighbours),
            Surface.BecauseYouBought when latest.Length > 0 =>
                Shelf("because_you_bought", Either(model.Shelves.BoughtWith(latest, options.Depth), model.Shelves.TouchedWith(latest, options.Depth)), CandidateSource.Neighbours),
            Surface.Trending => Shelf("trending", model.Shelves.Trending(options.Depth), CandidateSource.Trending),
            Surface.New => Shelf("new", model.Shelves.NewArrivals(now, options.Depth), CandidateSource.NewProduct),
            Surface.RecentlyViewed => Shelf("recently_viewed", Viewed(model, shopper), CandidateSource.Content),
            _ => Home(model, shopper, history, hybrid, mayShow, now),
        };
    }

    private CandidatePool Home(
        ServingModel model, Shopper shopper, ShopperHistory history, HybridOptions hybrid, Func<int, bool> mayShow, DateTimeOffset now)
    {
        bool isFresh = shopper.Profile is null || shopper.Profile.NewestEventAt <= model.Bundle.NewestEventAt;
        if (shopper.List is { } list && isFresh && hybrid == options.Hybrid)
        {
            return new CandidatePool(Name(list.Strategy), Known(model, list), IsPersonal: true);
        }

        Recommendation live = model.RecommenderWith(hybrid).Recommend(history, options.Depth, now, mayShow);
        return new CandidatePool(
            Name(live.Strategy), [.. live.Items.Select(item => new PlacedItem(item.Item, item.Score, item.Source))], IsPersonal: true);
    }

    private static PlacedItem[] Known(ServingModel model, CandidateList list)
    {
        List<PlacedItem> known = new(list.Items.Count);
        foreach (Candidate candidate in list.Items)
        {
            if (model.Bundle.Items.TryGetIndex(candidate.Product, out int item))
            {
                known.Add(new PlacedItem(item, candidate.Score, candidate.Source));
            }
        }

        return [.. known];
    }

    private static string Name(Strategy strategy) => JsonNamingPolicy.SnakeCaseLower.ConvertName(strategy.ToString());

    private static CandidatePool Shelf(string strategy, IReadOnlyList<ScoredIndex> found, CandidateSource source) =>
        new(strategy, [.. found.Select(entry => new PlacedItem(entry.Index, entry.Score, source))], IsPersonal: false);

    private static IReadOnlyList<ScoredIndex> Either(IReadOnlyList<ScoredIndex> first, IReadOnlyList<ScoredIndex> second) => first.Count > 0 ? first : second;

    private static IEnumerable<int> Indexes(ServingModel model, IEnumerable<ProductId> products)
    {
        foreach (ProductId product in products)
        {
            if (model.Bundle.Items.TryGetIndex(product, out int item))
            {
                yield return item;
            }
        }
    }

    /// <summary>The latest purchase; without one, the latest interaction.</summary>
    private static IEnumerable<ProductId> Latest(Shopper shopper)
    {
        IEnumerable<RecentInteraction> newest = (shopper.Profile?.Recent ?? []).Reverse();
        return newest.Where(recent => recent.Type == EventType.Purchase).Concat(newest).Select(recent => recent.Product);
    }

    private static ScoredIndex[] Viewed(ServingModel model, Shopper shopper)
    {
        int[] viewed = [.. Indexes(model, (shopper.Profile?.Recent ?? []).Reverse().Select(recent => recent.Product)).Distinct()];
        return [.. viewed.Select((item, rank) => new ScoredIndex(item, 1f / (rank + 1)))];
    }
}
