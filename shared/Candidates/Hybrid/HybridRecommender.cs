using Aisle.Candidates.Lists;
using Aisle.Candidates.Reasons;
using Aisle.Candidates.Shoppers;
using Aisle.ColdStart;
using Aisle.Events;
using Aisle.Factorization.Scoring;
using Aisle.Numerics;

namespace Aisle.Candidates.Hybrid;

/// <summary>Recommends for one shopper out of the whole catalogue: routes by tier, folds fresh interactions in, fuses the
/// sources. Safe for several threads.</summary>
/// <remarks>Personal tiers: Σ w·s / Σ w over the sources that know the item, each scaled to 0..1 per shopper, plus β·ln(1 + n)/ln(1 +
/// n_max), times the factor of newness. A source without data drops out and the weights of the others are renormalised; without any,
/// the cohort's popularity answers.</remarks>
public sealed class HybridRecommender
{
    private readonly HybridScorer _scorer;
    private readonly NewestProducts _newest;
    private volatile Tuple<DateTimeOffset, Dictionary<int, float>>? _newness;

    /// <summary>Prepares what all shoppers share: O(items·f²).</summary>
    /// <param name="bundle">The model.</param>
    /// <param name="options">How sources are fused; may differ from the recipe, for an experiment. Weights left at their defaults give
    /// way to those learnt for the model.</param>
    public HybridRecommender(ModelBundle bundle, HybridOptions options)
        : this(bundle, options, ExactScorer)
    {
    }

    private HybridRecommender(ModelBundle bundle, HybridOptions options, Func<ModelBundle, HybridOptions, HybridScorer> scorer)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(options);
        Bundle = bundle;
        Options = bundle.Learnt?.In(options) ?? options;
        Options.Validate();
        _scorer = scorer(bundle, Options);
        _newest = new NewestProducts(bundle.Products, Options.NewProducts);
    }

    /// <summary>The model.</summary>
    public ModelBundle Bundle { get; }

    /// <summary>How sources are fused.</summary>
    public HybridOptions Options { get; }

    /// <summary>A recommender that scores the catalogue by factors and embeddings rounded to 8 bits, for serving; <c>benchmarks
    /// scores</c> prints what lists lose by it.</summary>
    /// <param name="bundle">The model.</param>
    /// <param name="options">As for the exact one.</param>
    /// <param name="embeddings">The content embeddings, rounded.</param>
    public static HybridRecommender Quantized(ModelBundle bundle, HybridOptions options, QuantizedRows embeddings) =>
        new(bundle, options, (model, effective) => new HybridScorer(model, effective, new QuantizedRows(model.ItemFactors), embeddings));

    /// <summary>The same model fused otherwise: O(items), since what does not depend on the options is shared.</summary>
    public HybridRecommender With(HybridOptions options) => new(Bundle, options, (_, effective) => new HybridScorer(_scorer, effective));

    /// <summary>The best products for a shopper.</summary>
    /// <param name="history">What is known about the shopper, up to this moment.</param>
    /// <param name="limit">How many at most, positive.</param>
    /// <param name="now">The moment that newness is counted to.</param>
    /// <param name="among">Whether an item may be listed; null when all may.</param>
    /// <returns>Best first, ties by index, no item twice; fewer than asked only when no more items are allowed.</returns>
    /// <remarks>O(items·(f + d)).</remarks>
    public Recommendation Recommend(ShopperHistory history, int limit, DateTimeOffset now, Func<int, bool>? among)
    {
        ArgumentNullException.ThrowIfNull(history);
        return Recommend(Index(history), history.Cohort, limit, now, among);
    }

    /// <summary>Scores given products for a shopper, on the same scale as
    /// <see cref="Recommend(ShopperHistory, int, DateTimeOffset, Func{int, bool})"/>.</summary>
    /// <param name="history">What is known about the shopper.</param>
    /// <param name="items">The products, by index.</param>
    /// <param name="now">The moment that newness is counted to.</param>
    /// <returns>One score for each item, in the order given.</returns>
    public IReadOnlyList<ScoredItem> Score(ShopperHistory history, IReadOnlyList<int> items, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(items);
        HybridScores scores = _scorer.Score(Index(history));
        ScoredItem[] scored = [.. items.Select(Scored)];
        _scorer.Return(scores);
        return scored;

        ScoredItem Scored(int item)
        {
            float newness = Newness.ScoreFactor(Bundle.Products[item], now, Options.NewProducts);
            return scores.Strategy == Strategy.PopularityCohort
                ? PopularityOf(new ScoredIndex(item, Bundle.Popularity.Damped(item)))
                : _scorer.Detail(scores, new ScoredIndex(item, scores.Fused[item] * newness), newness);
        }
    }

    /// <summary>Which touched product speaks most for an item, and with what share.</summary>
    /// <param name="history">The history that the item was recommended for.</param>
    /// <param name="item">The recommended item, by index.</param>
    /// <returns>One contribution for each touched product that the model knows, largest first; empty when no personal source speaks for the
    /// item. Shares are of the positive contributions and sum to 1.</returns>
    public IReadOnlyList<TouchContribution> Explain(ShopperHistory history, int item) => Explain(history, [item])[0];

    /// <summary>The same for several items at once: the shopper is scored once.</summary>
    /// <param name="history">The history that the items were recommended for.</param>
    /// <param name="items">The recommended items, by index.</param>
    /// <returns>One list for each item, in the order given.</returns>
    /// <remarks>O(items of the catalogue·(f + d)), and O(f² + touched·f) for each item that is explained.</remarks>
    public IReadOnlyList<IReadOnlyList<TouchContribution>> Explain(ShopperHistory history, IReadOnlyList<int> items)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(items);
        IndexedHistory known = Index(history);
        HybridScores scores = _scorer.Score(known);
        IReadOnlyList<TouchContribution>[] contributions = [.. items.Select(item => ContributionFinder.Find(Bundle, _scorer, scores, known, item))];
        _scorer.Return(scores);
        return contributions;
    }

    /// <summary>Which touched product speaks most for each of several items, judged by the one source that brought it: the quick
    /// form, for what every slate says.</summary>
    /// <param name="history">The history that the items were recommended for.</param>
    /// <param name="shown">The items and their sources.</param>
    /// <returns>One for each item, in the order given, with its share of what that source says; null where no other
    /// touched product speaks for the item.</returns>
    /// <remarks>O(touched²·f + touched³) once for a history shorter than f, then O(touched·f + touched²) for each
    /// item; the catalogue is not scored.</remarks>
    public IReadOnlyList<TouchContribution?> StrongestBySource(ShopperHistory history, IReadOnlyList<ShownItem> shown)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(shown);
        SourceExplainer explainer = new(Bundle, _scorer, Index(history), Options.Neighbours);
        TouchContribution?[] strongest = new TouchContribution?[shown.Count];
        for (int index = 0; index < strongest.Length; index++)
        {
            strongest[index] = explainer.Strongest(shown[index]);
        }

        return strongest;
    }

    private static HybridScorer ExactScorer(ModelBundle bundle, HybridOptions options) =>
        new(bundle, options, new ExactRows(bundle.ItemFactors), new ExactRows(bundle.Content.Embeddings));

    internal Recommendation Recommend(IndexedHistory history, Cohort cohort, int limit, DateTimeOffset now, Func<int, bool>? among)
    {
        HybridScores scores = _scorer.Score(history);
        Recommendation recommendation = Ranked(scores, history, cohort, limit, now, among);
        _scorer.Return(scores);
        return recommendation;
    }

    /// <summary>The same with scratch that recommenders of one model hand on while the history stays: what
    /// sources say of it is computed once.</summary>
    internal Recommendation Recommend(IndexedHistory history, int limit, DateTimeOffset now, HybridScores scores)
    {
        _scorer.Score(history, scores);
        return Ranked(scores, history, Cohort.Everybody, limit, now, among: null);
    }

    /// <summary>Scratch to score the catalogue for several shoppers at once.</summary>
    /// <param name="factors">The item factors, packed.</param>
    /// <param name="embeddings">The content embeddings, packed.</param>
    internal HybridBlock OpenBlock(BlockProducts factors, BlockProducts embeddings) => new(_scorer, factors, embeddings, Bundle.Products.Count);

    /// <summary>The best products by scores that were computed in a block.</summary>
    internal Recommendation Recommend(HybridBlock block, int index, Cohort cohort, int limit, DateTimeOffset now, Func<int, bool>? among)
    {
        HybridScores scores = block.Score(index);
        return Ranked(scores, block.Histories[index], cohort, limit, now, among);
    }

    private Recommendation Ranked(HybridScores scores, IndexedHistory history, Cohort cohort, int limit, DateTimeOffset now, Func<int, bool>? among) =>
        new(scores.Strategy, scores.Strategy == Strategy.PopularityCohort ? Popular(history, cohort, limit, among) : Fused(scores, history, limit, now, among));

    private ScoredItem[] Fused(HybridScores scores, IndexedHistory history, int limit, DateTimeOffset now, Func<int, bool>? among)
    {
        Dictionary<int, float> newness = NewnessAt(now);
        foreach ((int item, float factor) in newness)
        {
            scores.Fused[item] *= factor;
        }

        return [.. Best(scores.Fused, history.LeftOut, limit, among).Select(entry => _scorer.Detail(scores, entry, newness.GetValueOrDefault(entry.Index, 1)))];
    }

    /// <summary>Few items of a large catalogue reach the best so far: only those are looked at one by one.</summary>
    private static ScoredIndex[] Best(ReadOnlySpan<float> fused, ReadOnlySpan<int> leftOut, int limit, Func<int, bool>? among)
    {
        TopK best = new(limit);
        for (int item = Exceedance.First(fused, 0, best.Threshold); item >= 0; item = Exceedance.First(fused, item + 1, best.Threshold))
        {
            if (leftOut.BinarySearch(item) < 0 && (among is null || among(item)))
            {
                best.Offer(item, fused[item]);
            }
        }

        ScoredIndex[] ranked = new ScoredIndex[best.Count];
        best.Drain(ranked);
        return ranked;
    }

    /// <summary>Remembered for one moment: the lists of a run are all made for the same.</summary>
    private Dictionary<int, float> NewnessAt(DateTimeOffset now)
    {
        if (_newness is { } known && known.Item1 == now)
        {
            return known.Item2;
        }

        Dictionary<int, float> factors = _newest.At(now).ToDictionary(entry => entry.Index, entry => entry.Score);
        _newness = Tuple.Create(now, factors);
        return factors;
    }

    private ScoredItem[] Popular(IndexedHistory history, Cohort cohort, int limit, Func<int, bool>? among) =>
        [.. Bundle.Popularity
            .Top(cohort, limit, item => history.LeftOut.AsSpan().BinarySearch(item) < 0 && (among is null || among(item)))
            .Select(PopularityOf)];

    private static ScoredItem PopularityOf(ScoredIndex entry) =>
        new(entry.Index, entry.Score, CandidateSource.Popularity, new ComponentScores(null, null, null, entry.Score, 1));

    private IndexedHistory Index(ShopperHistory history)
    {
        int[] items = new int[history.Touched.Count];
        TouchedProduct[] touched = new TouchedProduct[items.Length];
        int count = 0;
        foreach (TouchedProduct product in history.Touched)
        {
            if (Bundle.Items.TryGetIndex(product.Product, out int item))
            {
                (items[count], touched[count++]) = (item, product);
            }
        }

        Array.Resize(ref items, count);
        Array.Resize(ref touched, count);
        Array.Sort(items, touched);
        float[] weights = new float[count];
        List<int> leftOut = [];
        for (int index = 0; index < count; index++)
        {
            weights[index] = touched[index].Weight;
            if (Options.LeaveOutTouched || (Options.LeaveOutPurchased && touched[index].Strongest == EventType.Purchase))
            {
                leftOut.Add(items[index]);
            }
        }

        return new IndexedHistory(items, weights, history.Touched.Count, [.. leftOut]);
    }
}
