using Aisle.Candidates;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Numerics;
using Aisle.Reranking;
using Aisle.Reranking.Rules;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Explaining;
using Aisle.ScoreUser.Filtering;
using Aisle.ScoreUser.Finding;
using Aisle.ScoreUser.Promises;
using Aisle.ScoreUser.Reading;
using Aisle.ScoreUser.Serving;
using Aisle.ScoreUser.Weighing;

namespace Aisle.ScoreUser.Composing;

/// <summary>Filters first, then the merchandisers' and the prices' say, then composition, then reasons.</summary>
/// <param name="options">How deep, and what counts as new.</param>
/// <param name="promise">How much each new product is still owed.</param>
public sealed class SlateAssembler(ScoreUserOptions options, NewProductPromise promise)
{
    private const int ExplorationPoolSize = 50;
    private const int TrendingSize = 20;
    private const double LeastForDiversity = 0.25;

    private static readonly Degradation NoDiversity = new("diversity", "left out for lack of time");

    /// <summary>What the request may show.</summary>
    public static EligibleItems Eligible(Scene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return new EligibleItems(scene.View, SceneFilter.Of(scene), scene.Rules);
    }

    /// <summary>Makes the slate.</summary>
    /// <param name="scene">What it follows from.</param>
    /// <param name="pool">The candidates, before the filters.</param>
    /// <param name="eligible">What may be shown, with prices and stock of now.</param>
    /// <param name="seed">The request's chance.</param>
    /// <param name="mayBackFill">Whether popularity fills up; not where only the caller's or the shopper's own products belong.</param>
    public AssembledSlate Assemble(Scene scene, CandidatePool pool, EligibleItems eligible, ulong seed, bool mayBackFill)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(eligible);
        PlacedItem[] candidates = CandidateSieve.Sift(scene, pool, eligible);
        bool isLate = pool.IsPersonal && scene.Budget.IsBelow(LeastForDiversity);
        ComposeOptions compose = (pool.IsPersonal, isLate) switch
        {
            (false, _) => scene.Variants.Compose with { Policy = SlatePolicy.MarginalRelevance, Lambda = 1, Epsilon = 0, Caps = scene.Request.Caps },
            (true, true) => scene.Variants.Compose with { Policy = SlatePolicy.MarginalRelevance, Lambda = 1 },
            _ when scene.Request.Caps.IsNone => scene.Variants.Compose,
            _ => scene.Variants.Compose with { Caps = scene.Request.Caps },
        };
        compose = scene.Request.Floors.IsNone ? compose : compose with { Floors = scene.Request.Floors };
        SlateInput input = InputOf(scene, pool, compose, candidates, eligible, mayBackFill);
        IReadOnlyList<ComposedItem> composed = scene.Model.Composer.Compose(input, compose, new SeededRandom(seed));
        SlateReasons reasons = SlateReasons.Of(scene, pool, composed, candidates);
        scene.Trace?.Compose(compose, input.Candidates.Count, composed);
        return new AssembledSlate(
            Positions(scene.Model, composed),
            Show(scene.Model, composed, reasons.Reasons, eligible),
            candidates.Length,
            composed.Any(item => item.Slot == SlotKind.BackFill),
            composed.Count < scene.Request.Limit ? Shortfall(scene, pool, eligible, mayBackFill) : null)
        {
            Degradations = (isLate, reasons.Fault) switch
            {
                (false, null) => [],
                (true, null) => [NoDiversity],
                (false, { } fault) => [fault],
                (true, { } fault) => [NoDiversity, fault],
            },
        };
    }

    private SlateInput InputOf(Scene scene, CandidatePool pool, ComposeOptions compose, PlacedItem[] candidates, EligibleItems eligible, bool mayBackFill)
    {
        bool explores = pool.IsPersonal && compose.Epsilon > 0;
        bool hasSlots = pool.IsPersonal && compose.Policy == SlatePolicy.Slots;
        SlateCandidate[] deep = new SlateCandidate[Math.Min(candidates.Length, Math.Max(DepthFor(scene, pool), scene.Request.Limit))];
        for (int index = 0; index < deep.Length; index++)
        {
            deep[index] = Candidate(scene.Model, candidates[index].Item, candidates[index].Score);
        }

        return new SlateInput
        {
            Limit = scene.Request.Limit,
            Candidates = deep,
            Pins = scene.Rules.None ? [] : PinsOf(scene, eligible),
            ExplorationPool = explores ? [.. NewArrivals(scene, eligible).Select(candidate => new PoolEntry(candidate, promise.WeightOf(scene.Model.Bundle.Items[candidate.Item])))] : [],
            Trending = hasSlots ? [.. Trending(scene, eligible)] : [],
            Interests = hasSlots ? ShopperInterests.Of(scene.History, scene.Model.Bundle) : ShopperInterests.None,
            BackFill = mayBackFill ? BackFill(scene, eligible) : [],
        };
    }

    /// <summary>Who buys more is worth a deeper look.</summary>
    private int DepthFor(Scene scene, CandidatePool pool) => pool.IsPersonal
        ? Math.Min(options.Depth, options.LeastDepth + (options.DepthPerPurchase * (scene.Shopper.Profile?.PurchaseCount30Days ?? 0)))
        : options.Depth;

    private static Pin[] PinsOf(Scene scene, EligibleItems eligible)
    {
        ModelBundle bundle = scene.Model.Bundle;
        Product? Find(ProductId product) => bundle.Items.TryGetIndex(product, out int item) && eligible.MayShow(item) ? bundle.Products[item] : null;
        IReadOnlyList<RulePin> pins = scene.Rules.Pins(scene.Request.Limit, Find);
        scene.Trace?.Pin(pins);
        return [.. pins.Select(pin => new Pin(pin.Position, Candidate(scene.Model, bundle.Items.TryGetIndex(pin.Product.Id, out int item) ? item : 0, 0)))];
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

    private static SlateItem[] Positions(ServingModel model, IReadOnlyList<ComposedItem> composed)
    {
        SlateItem[] positions = new SlateItem[composed.Count];
        for (int index = 0; index < positions.Length; index++)
        {
            ComposedItem item = composed[index];
            positions[index] = new SlateItem(model.Bundle.Items[item.Item], index + 1, item.Score, item.Slot, item.Propensity);
        }

        return positions;
    }

    private static ShownProduct[] Show(ServingModel model, IReadOnlyList<ComposedItem> composed, IReadOnlyList<Reason> reasons, EligibleItems eligible)
    {
        ShownProduct[] shown = new ShownProduct[composed.Count];
        for (int index = 0; index < shown.Length; index++)
        {
            Product product = model.Bundle.Products[composed[index].Item];
            Availability? change = eligible.ChangeOf(composed[index].Item);
            string? title = reasons[index].Product is { } because ? model.Bundle.Find(because)?.Title ?? because.Value : null;
            shown[index] = new ShownProduct(
                product, change is null ? product.PriceMinor : change.PriceMinor, change is null ? product.Currency : change.Currency, reasons[index], title);
        }

        return shown;
    }
}
