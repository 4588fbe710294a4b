using System.Text.Json;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Shoppers;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Numerics;
using Aisle.Reranking;
using Aisle.ScoreUser.Explaining;
using Aisle.ScoreUser.Filtering;
using Aisle.ScoreUser.Reading;
using Aisle.ScoreUser.Serving;

namespace Aisle.ScoreUser.Finding;

/// <summary>Finds what a surface offers: the precomputed list when nothing fresher is known, else the live sources.</summary>
/// <param name="options">How the lists were made.</param>
public sealed class CandidateFinder(ScoreUserOptions options)
{
    private const double LeastForLiveScoring = 0.5;

    private static readonly Degradation Late = new("live scoring", "left out for lack of time");

    private static readonly string[] StrategyNames = [.. Enum.GetValues<Strategy>().Select(strategy => JsonNamingPolicy.SnakeCaseLower.ConvertName(strategy.ToString()))];

    /// <summary>The candidates of one request.</summary>
    /// <param name="scene">What they follow from.</param>
    /// <param name="eligible">What passes the filters: live sources look only among those.</param>
    public CandidatePool Find(Scene scene, EligibleItems eligible)
    {
        ArgumentNullException.ThrowIfNull(scene);
        CandidatePool pool = SessionStage.Blend(scene, scene.Request.Surface == Surface.Home ? Home(scene, eligible) : OfSurface(scene, eligible), eligible);
        scene.Trace?.Take(new CandidateRoute(pool.Strategy, pool.From, scene.History.Touched.Count));
        return pool;
    }

    /// <summary>The caller's own list by the shopper's scores; products that the model does not know are left out.</summary>
    public static CandidatePool Rank(Scene scene, IReadOnlyList<ProductId> products)
    {
        ArgumentNullException.ThrowIfNull(scene);
        int[] items = [.. Indexes(scene.Model, products.Distinct())];
        IReadOnlyList<ScoredItem> scored = scene.Model.RecommenderWith(scene.Tuning.Hybrid).Score(scene.History, items, scene.Now);
        scene.Trace?.Score(scored);
        scene.Trace?.Take(new CandidateRoute("rerank", "live", scene.History.Touched.Count));
        return new CandidatePool(
            "rerank", [.. scored.OrderByDescending(item => item.Score).Select(item => new PlacedItem(item.Item, item.Score, item.Source))], IsPersonal: false)
        { From = "live" };
    }

    private CandidatePool OfSurface(Scene scene, EligibleItems eligible)
    {
        int depth = scene.Tuning.Depth;
        ServingModel model = scene.Model;
        int[] context = [.. Indexes(model, scene.Request.Context)];
        int[] latest = [.. Indexes(model, Latest(scene.Shopper)).Take(1)];
        return scene.Request.Surface switch
        {
            Surface.Similar => Shelf("similar", context.Length == 0 ? [] : model.Shelves.SimilarTo(context[0], depth), CandidateSource.Content),
            Surface.BoughtTogether => Shelf("bought_together", model.Shelves.BoughtWith(context, depth), CandidateSource.Neighbours),
            Surface.Cart => Shelf("cart", Either(model.Shelves.BoughtWith(context, depth), model.Shelves.TouchedWith(context, depth)), CandidateSource.Neighbours),
            Surface.BecauseYouBought when latest.Length > 0 =>
                Shelf("because_you_bought", Either(model.Shelves.BoughtWith(latest, depth), model.Shelves.TouchedWith(latest, depth)), CandidateSource.Neighbours),
            Surface.Trending => Shelf("trending", model.Shelves.Trending(depth), CandidateSource.Trending),
            Surface.New => Shelf("new", model.Shelves.NewArrivals(scene.Now, depth), CandidateSource.NewProduct),
            Surface.RecentlyViewed => Shelf("recently_viewed", Viewed(model, scene.Shopper), CandidateSource.Content),
            _ => Home(scene, eligible),
        };
    }

    /// <summary>The precomputed list, as long as nothing newer is known of the shopper; else the live sources, if
    /// there is time for them.</summary>
    private CandidatePool Home(Scene scene, EligibleItems eligible)
    {
        if (options.FallsBackWhenStale && options.IsStale(scene.Model.Manifest, scene.Now))
        {
            return Popular(scene, eligible);
        }

        bool isFresh = scene.Shopper.Profile is not { } profile || profile.NewestEventAt <= scene.Model.Bundle.NewestEventAt;
        bool isLate = scene.Budget.IsBelow(LeastForLiveScoring);
        if (scene.Shopper.List is { } list && ((isFresh && scene.Tuning.Hybrid == options.Hybrid) || isLate))
        {
            return new CandidatePool(StrategyNames[(int)list.Strategy], Known(scene.Model, list), IsPersonal: true) { From = "list", Degradations = isFresh ? [] : [Late] };
        }

        if (isLate)
        {
            return Popular(scene, eligible) with { Degradations = [Late] };
        }

        Recommendation live = scene.Model.RecommenderWith(scene.Tuning.Hybrid).Recommend(scene.History, scene.Tuning.Depth, scene.Now, eligible.MayShow);
        scene.Trace?.Score(live.Items);
        PlacedItem[] items = new PlacedItem[live.Items.Count];
        for (int index = 0; index < items.Length; index++)
        {
            items[index] = new PlacedItem(live.Items[index].Item, live.Items[index].Score, live.Items[index].Source);
        }

        return new CandidatePool(StrategyNames[(int)live.Strategy], items, IsPersonal: true) { From = "live" };
    }

    private static CandidatePool Popular(Scene scene, EligibleItems eligible) => new(
        StrategyNames[(int)Strategy.PopularityCohort],
        [.. scene.Model.ByPopularity.Where(eligible.MayShow).Take(scene.Tuning.Depth)
            .Select(item => new PlacedItem(item, scene.Model.Bundle.Popularity.Damped(item), CandidateSource.Popularity))],
        IsPersonal: true)
    { From = "popularity" };

    private static PlacedItem[] Known(ServingModel model, CandidateList list)
    {
        PlacedItem[] known = new PlacedItem[list.Items.Count];
        int count = 0;
        for (int place = 0; place < known.Length; place++)
        {
            Candidate candidate = list.Items[place];
            if (model.Bundle.Items.TryGetIndex(candidate.Product, out int item))
            {
                known[count++] = new PlacedItem(item, candidate.Score, candidate.Source);
            }
        }

        return count == known.Length ? known : known[..count];
    }

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
