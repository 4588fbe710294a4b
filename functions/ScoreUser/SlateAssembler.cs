using Aisle.Candidates;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Numerics;
using Aisle.Reranking;

namespace Aisle.ScoreUser;

/// <summary>Filters first, then composition, then reasons.</summary>
/// <param name="options">How deep, and what counts as new.</param>
public sealed class SlateAssembler(ScoreUserOptions options)
{
    private const int ExplorationPoolSize = 50;
    private const int TrendingSize = 20;

    /// <summary>What the request may show.</summary>
    public static EligibleItems Eligible(Scene scene, IReadOnlyDictionary<ProductId, Availability> availability) =>
        new(scene.Model, FilterOf(scene), availability);

    /// <summary>Makes the slate.</summary>
    /// <param name="scene">What it follows from.</param>
    /// <param name="pool">The candidates, before the filters.</param>
    /// <param name="eligible">What may be shown, with prices and stock of now.</param>
    /// <param name="seed">The request's chance.</param>
    /// <param name="mayBackFill">Whether popularity fills up; not where only the caller's or the shopper's own products belong.</param>
    public AssembledSlate Assemble(
        Scene scene, CandidatePool pool, EligibleItems eligible, ulong seed, bool mayBackFill)
    {
        Dictionary<int, PlacedItem> candidates = [];
        foreach (PlacedItem placed in pool.Items)
        {
            if (eligible.MayShow(placed.Item))
            {
                candidates.TryAdd(placed.Item, placed);
            }
        }

        SlateInput input = InputOf(scene, pool, [.. candidates.Values], eligible, mayBackFill);
        ComposeOptions compose = pool.IsPersonal ? scene.Variants.Compose : scene.Variants.Compose with { Policy = SlatePolicy.MarginalRelevance, Lambda = 1, Epsilon = 0 };
        IReadOnlyList<ComposedItem> composed = scene.Model.Composer.Compose(input, compose, new SeededRandom(seed));
        return new AssembledSlate(
            [.. composed.Select((item, index) => new SlateItem(scene.Model.Bundle.Items[item.Item], index + 1, item.Score, item.Slot, item.Propensity))],
            Show(scene, pool, composed, candidates, eligible),
            candidates.Count,
            composed.Any(item => item.Slot == SlotKind.BackFill),
            composed.Count < scene.Request.Limit ? Shortfall(scene, pool, eligible, mayBackFill) : null);
    }

    private SlateInput InputOf(Scene scene, CandidatePool pool, PlacedItem[] candidates, EligibleItems eligible, bool mayBackFill)
    {
        bool explores = pool.IsPersonal && scene.Variants.Compose.Epsilon > 0;
        return new SlateInput
        {
            Limit = scene.Request.Limit,
            Candidates = [.. candidates.Take(Math.Max(options.Depth, scene.Request.Limit)).Select(item => Candidate(scene.Model, item.Item, item.Score))],
            ExplorationPool = explores ? [.. NewArrivals(scene, eligible).Select(candidate => new PoolEntry(candidate, 1))] : [],
            Trending = scene.Variants.Compose.Policy == SlatePolicy.Slots && pool.IsPersonal ? [.. Trending(scene, eligible)] : [],
            Interests = scene.Variants.Compose.Policy == SlatePolicy.Slots && pool.IsPersonal ? ShopperInterests.Of(scene.History, scene.Model.Bundle) : ShopperInterests.None,
            BackFill = mayBackFill ? BackFill(scene, eligible) : [],
        };
    }

    private static SlateFilter FilterOf(Scene scene)
    {
        if (scene.Request.ShowsPurchased || scene.Request.Surface == Surface.RecentlyViewed)
        {
            return scene.Request.Filter;
        }

        IEnumerable<ProductId> purchased = (scene.Shopper.Profile?.Recent ?? []).Where(recent => recent.Type == EventType.Purchase).Select(recent => recent.Product);
        return scene.Request.Filter with { Purchased = purchased.ToHashSet() };
    }

    private static IEnumerable<SlateCandidate> NewArrivals(Scene scene, EligibleItems eligible) => scene.Model.Shelves
        .NewArrivals(scene.Now, ExplorationPoolSize)
        .Where(entry => eligible.MayShow(entry.Index))
        .Select(entry => Candidate(scene.Model, entry.Index, entry.Score));

    private static IEnumerable<SlateCandidate> Trending(Scene scene, EligibleItems eligible) => scene.Model.Shelves
        .Trending(TrendingSize)
        .Where(entry => eligible.MayShow(entry.Index))
        .Select(entry => Candidate(scene.Model, entry.Index, entry.Score));

    /// <summary>Lazy: the catalogue is walked only as far as the slate needs it.</summary>
    private static IEnumerable<SlateCandidate> BackFill(Scene scene, EligibleItems eligible) => scene.Model.ByPopularity
        .Where(eligible.MayShow)
        .Select(item => Candidate(scene.Model, item, scene.Model.Bundle.Popularity.Damped(item)));

    private static SlateCandidate Candidate(ServingModel model, int item, float score)
    {
        Product product = model.Bundle.Products[item];
        return new SlateCandidate(item, score, product.Category, product.Brand);
    }

    /// <summary>Counts over the whole catalogue where it could fill up, else over what the shelf offered.</summary>
    private static SlateShortfall Shortfall(Scene scene, CandidatePool pool, EligibleItems eligible, bool mayBackFill)
    {
        IReadOnlyCollection<int> items = mayBackFill ? scene.Model.ByPopularity : [.. pool.Items.Select(item => item.Item).Distinct()];
        (int count, IReadOnlyList<(string Reason, int Count)> removed) = eligible.Count(items);
        int missing = scene.Request.Limit - items.Count;
        return new SlateShortfall(scene.Request.Limit, count, missing > 0 ? [.. removed, ("not_offered", missing)] : removed);
    }

    private static ShownProduct[] Show(
        Scene scene, CandidatePool pool, IReadOnlyList<ComposedItem> composed, Dictionary<int, PlacedItem> candidates, EligibleItems eligible)
    {
        Reason[] reasons = ReasonsOf(scene, pool, composed, candidates);
        return [.. composed.Select((item, index) =>
        {
            Product product = scene.Model.Bundle.Products[item.Item];
            Availability? change = eligible.ChangeOf(product.Id);
            string? title = reasons[index].Product is { } because ? scene.Model.Bundle.Find(because)?.Title ?? because.Value : null;
            return new ShownProduct(product, change is null ? product.PriceMinor : change.PriceMinor, change is null ? product.Currency : change.Currency, reasons[index], title);
        })];
    }

    private static Reason[] ReasonsOf(Scene scene, CandidatePool pool, IReadOnlyList<ComposedItem> composed, Dictionary<int, PlacedItem> candidates)
    {
        ProductId? context = scene.Request.Product;
        Reason? shared = pool.Strategy switch
        {
            "similar" => new Reason(ReasonCode.SimilarTo, context, null),
            "bought_together" => new Reason(ReasonCode.BoughtTogetherWith, context, null),
            "trending" => new Reason(ReasonCode.Trending, null, null),
            "new" => new Reason(ReasonCode.NewArrival, null, null),
            "recently_viewed" => new Reason(ReasonCode.RecentlyViewed, null, null),
            _ => null,
        };
        ShownItem[] shown = [.. composed.Select(item => new ShownItem(
            item.Item, candidates.TryGetValue(item.Item, out PlacedItem placed) ? placed.Source : CandidateSource.Popularity))];
        return shared is null
            ? [.. scene.Model.Reasons.Find(scene.History, shown, scene.Now)]
            : [.. composed.Select(item => candidates.ContainsKey(item.Item) ? shared : new Reason(ReasonCode.Popular, null, null))];
    }
}
