using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Numerics;
using Aisle.Reranking;
using Aisle.ScoreUser.Filtering;
using Aisle.ScoreUser.Finding;
using Aisle.ScoreUser.Promises;
using Aisle.ScoreUser.Serving;

namespace Aisle.ScoreUser.Composing;

/// <summary>Lays out what a slate is composed of: the best candidates, pins, what trends, what may be explored,
/// and what fills up.</summary>
/// <param name="options">How deep.</param>
/// <param name="promise">How much each new product is still owed.</param>
public sealed class SlateInputs(ScoreUserOptions options, NewProductPromise promise)
{
    private const int MostArrivals = 200;
    private const int ExplorationPoolSize = 50;
    private const int TrendingSize = 20;

    /// <summary>The input of the composer.</summary>
    /// <param name="scene">The request and the rules.</param>
    /// <param name="pool">What the shelf offered.</param>
    /// <param name="candidates">What is left of it after filters and weights, best first.</param>
    /// <param name="eligible">What may be shown.</param>
    /// <param name="compose">How the slate is composed.</param>
    /// <param name="mayBackFill">Whether popularity fills up.</param>
    public SlateInput Of(Scene scene, CandidatePool pool, PlacedItem[] candidates, EligibleItems eligible, ComposeOptions compose, bool mayBackFill)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(compose);
        bool explores = mayBackFill && compose.Epsilon > 0;
        bool hasSlots = compose.Policy == SlatePolicy.Slots;
        SlateCandidate[] deep = new SlateCandidate[Math.Min(candidates.Length, Math.Max(DepthFor(scene, pool), scene.Request.Limit))];
        for (int index = 0; index < deep.Length; index++)
        {
            deep[index] = Candidate(scene.Model, candidates[index].Item, candidates[index].Score);
        }

        return new SlateInput
        {
            Limit = scene.Request.Limit,
            Candidates = deep,
            Pins = PinPlacer.Place(scene, pool, eligible, mayBackFill),
            ExplorationPool = explores ? ExplorationPool(scene, eligible) : [],
            Trending = hasSlots ? [.. scene.Model.Shelves.Trending(TrendingSize).Where(entry => eligible.MayShow(entry.Index)).Select(entry => Candidate(scene.Model, entry))] : [],
            Interests = hasSlots ? ShopperInterests.Of(scene.History, scene.Model.Bundle) : ShopperInterests.None,
            BackFill = mayBackFill ? BackFill(scene, eligible) : [],
        };
    }

    /// <summary>Who buys more is worth a deeper look.</summary>
    private int DepthFor(Scene scene, CandidatePool pool) => pool.IsPersonal
        ? Math.Min(scene.Tuning.Depth, options.LeastDepth + (options.DepthPerPurchase * (scene.Shopper.Profile?.PurchaseCount30Days ?? 0)))
        : scene.Tuning.Depth;

    /// <summary>The new products that are owed most, newest first where they are owed alike; each the heavier the
    /// more it is owed.</summary>
    private PoolEntry[] ExplorationPool(Scene scene, EligibleItems eligible)
    {
        Span<ScoredIndex> arrivals = stackalloc ScoredIndex[MostArrivals];
        Span<(int Served, int Arrival)> owed = stackalloc (int, int)[MostArrivals];
        int count = 0;
        arrivals = arrivals[..scene.Model.Shelves.NewArrivals(scene.Now, arrivals)];
        for (int arrival = 0; arrival < arrivals.Length; arrival++)
        {
            if (eligible.MayShow(arrivals[arrival].Index))
            {
                owed[count++] = (ServedOf(scene, scene.Model.Bundle.Items[arrivals[arrival].Index]), arrival);
            }
        }

        owed = owed[..count];
        if (count > ExplorationPoolSize)
        {
            owed.Sort();
            owed = owed[..ExplorationPoolSize];
        }

        PoolEntry[] pool = new PoolEntry[owed.Length];
        for (int entry = 0; entry < pool.Length; entry++)
        {
            pool[entry] = new PoolEntry(Candidate(scene.Model, arrivals[owed[entry].Arrival]), promise.WeightOf(owed[entry].Served, scene.Tuning.PromiseBoost));
        }

        return pool;
    }

    private int ServedOf(Scene scene, ProductId product)
    {
        int served = scene.Served?.GetValueOrDefault(product) ?? promise.ServedOf(product);
        scene.Record?.Serve(product, served);
        return served;
    }

    /// <summary>Lazy: the catalogue is walked only as far as the slate needs it.</summary>
    private static IEnumerable<SlateCandidate> BackFill(Scene scene, EligibleItems eligible) => scene.Model.ByPopularity
        .Where(eligible.MayShow)
        .Select(item => Candidate(scene.Model, item, scene.Model.Bundle.Popularity.Damped(item)));

    private static SlateCandidate Candidate(ServingModel model, ScoredIndex entry) => Candidate(model, entry.Index, entry.Score);

    private static SlateCandidate Candidate(ServingModel model, int item, float score)
    {
        Product product = model.Bundle.Products[item];
        return new SlateCandidate(item, score, product.Category, product.Brand);
    }
}
