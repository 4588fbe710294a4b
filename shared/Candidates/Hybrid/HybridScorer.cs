using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Neighbours;
using Aisle.Candidates.Shoppers;
using Aisle.Content;
using Aisle.Factorization.Folding;
using Aisle.Factorization.Scoring;
using Aisle.Numerics;

namespace Aisle.Candidates.Hybrid;

/// <summary>Scores all items of a model by each source for one shopper. Safe for several threads: scratch is rented.</summary>
internal sealed class HybridScorer
{
    private readonly ModelBundle _bundle;
    private readonly HybridOptions _options;
    private readonly FoldIn _foldIn;
    private readonly IRowScores _factorRows;
    private readonly IRowScores _contentRows;
    private readonly KnownItems _factorKnown;
    private readonly KnownItems _contentKnown;
    private readonly CollaborativeBlend _blend;
    private readonly float[] _boosts;
    private readonly float[] _contentTierBoosts;
    private readonly float[] _neighbourTierBoosts;
    private readonly ConcurrentDictionary<SourceWeights, float[]> _scales = [];
    private readonly ConcurrentBag<HybridScores> _spare = [];

    /// <summary>Prepares what all shoppers share: O(items·f²).</summary>
    /// <param name="bundle">The model.</param>
    /// <param name="options">How sources are fused.</param>
    /// <param name="factorRows">The item factors as the catalogue is scored by them.</param>
    /// <param name="contentRows">The content embeddings as the catalogue is scored by them.</param>
    public HybridScorer(ModelBundle bundle, HybridOptions options, IRowScores factorRows, IRowScores contentRows)
        : this(
            bundle, options, new FoldIn(bundle.ItemFactors, bundle.Factorization), (factorRows, contentRows), KnownItems.Of(bundle.ItemFactors), KnownItems.Of(bundle.Content.Embeddings),
            new UserNeighbours(bundle.Neighbours, bundle.NeighboursByItem))
    {
    }

    /// <summary>The same model under other options: O(items).</summary>
    public HybridScorer(HybridScorer other, HybridOptions options)
        : this(other._bundle, options, other._foldIn, (other._factorRows, other._contentRows), other._factorKnown, other._contentKnown, other.Users)
    {
    }

    private HybridScorer(
        ModelBundle bundle, HybridOptions options, FoldIn foldIn, (IRowScores Factors, IRowScores Content) rows, KnownItems factorKnown, KnownItems contentKnown, UserNeighbours users)
    {
        (_factorRows, _contentRows) = rows;
        _bundle = bundle;
        _options = options;
        _foldIn = foldIn;
        _factorKnown = factorKnown;
        _contentKnown = contentKnown;
        _blend = new CollaborativeBlend(bundle.Walks, (float)options.WalkShare);
        _boosts = BoostsOf(options.Beta);
        _contentTierBoosts = options.BetaOf(Strategy.ContentOnly) == options.Beta ? _boosts : BoostsOf(options.BetaOf(Strategy.ContentOnly));
        _neighbourTierBoosts = options.BetaOf(Strategy.ContentPlusNeighbours) == options.Beta ? _boosts : BoostsOf(options.BetaOf(Strategy.ContentPlusNeighbours));
        Users = users;
    }

    /// <summary>Where similar shoppers are found.</summary>
    public UserNeighbours Users { get; }

    /// <summary>How factors and walks become one source.</summary>
    public CollaborativeBlend Blend => _blend;

    /// <summary>How factors are solved.</summary>
    public FoldIn FoldIn => _foldIn;

    /// <summary>Whether the collaborative source knows an item.</summary>
    public bool HasFactor(int item) => _factorKnown.Flags[item];

    /// <summary>Scores all items; give the result back with <see cref="Return"/>.</summary>
    /// <remarks>O(items·(f + d)) with all sources.</remarks>
    public HybridScores Score(IndexedHistory history)
    {
        HybridScores scores = _spare.TryTake(out HybridScores? spare) ? spare : new HybridScores(_bundle.Products.Count);
        scores.Begin();
        Score(history, scores);
        return scores;
    }

    /// <summary>Scores all items in scratch that may hold what sources say of the same history, begun under other
    /// weights of the same model.</summary>
    /// <remarks>O(items) when it does.</remarks>
    public void Score(IndexedHistory history, HybridScores scores)
    {
        bool factor = history.Items.Any(HasFactor);
        scores.Strategy = StrategyRouter.Route(history.DistinctProducts, factor, _options);
        SourceWeights wanted = SourceWeights.Of(scores.Strategy, _options);
        bool content = wanted.Content > 0 && ScoreContent(history, scores);
        bool collaborative = wanted.Collaborative > 0 && factor && ScoreCollaborative(history, scores);
        bool neighbours = (wanted.Neighbours > 0 || !(content || collaborative)) && ScoreNeighbours(history, scores);
        bool standIn = !(content || collaborative || neighbours) && factor && ScoreCollaborative(history, scores);
        scores.Weights = wanted.Among(collaborative || standIn, content, neighbours);
        if (scores.Weights.None)
        {
            scores.Strategy = Strategy.PopularityCohort;
        }
        else
        {
            FuseAll(scores);
        }
    }

    /// <summary>Solves what a shopper's catalogue is multiplied by, for whoever multiplies for several shoppers at once.</summary>
    /// <param name="history">The shopper's.</param>
    /// <param name="factors">Takes the user factor; zero when the shopper's tier does not ask for it.</param>
    /// <param name="profile">Takes the content profile; likewise.</param>
    /// <returns>Which of the two are asked for.</returns>
    public (bool Factors, bool Profile) Solve(IndexedHistory history, Span<float> factors, Span<float> profile)
    {
        bool factor = history.Items.Any(HasFactor);
        SourceWeights wanted = SourceWeights.Of(StrategyRouter.Route(history.DistinctProducts, factor, _options), _options);
        factors.Clear();
        profile.Clear();
        bool asksFactors = wanted.Collaborative > 0 && factor;
        if (asksFactors)
        {
            _foldIn.Solve(history.Items, history.Weights, factors);
        }

        return (asksFactors, wanted.Content > 0 && ContentProfile.Fill(_bundle.Content.Embeddings, history.Items, history.Weights, profile) > 0);
    }

    /// <summary>Takes scratch back.</summary>
    public void Return(HybridScores scores) => _spare.Add(scores);

    /// <summary>One item with what went into its score.</summary>
    /// <param name="scores">The shopper's.</param>
    /// <param name="scored">The item and its fused score, newness included.</param>
    /// <param name="newness">The factor of newness, at least 1.</param>
    public ScoredItem Detail(HybridScores scores, ScoredIndex scored, float newness)
    {
        int item = scored.Index;
        SourceWeights weights = scores.Weights;
        float? collaborative = weights.Collaborative > 0 && _factorKnown.Flags[item] ? scores.Collaborative.Values[item] : null;
        float? content = weights.Content > 0 && _contentKnown.Flags[item] ? scores.Content.Values[item] : null;
        float? neighbours = weights.Neighbours > 0 ? scores.Neighbours.Values[item] : null;
        float scale = ScalesOf(weights)[item];
        CandidateSource source = newness > 1 ? CandidateSource.NewProduct : Strongest(
            (collaborative ?? 0) * weights.Collaborative * scale, (content ?? 0) * weights.Content * scale,
            (neighbours ?? 0) * weights.Neighbours * scale, BoostsOf(scores.Strategy)[item]);
        return new ScoredItem(
            item, scored.Score, source,
            new ComponentScores(collaborative, content, neighbours, _bundle.Popularity.Damped(item), newness));
    }

    /// <summary>What the weighted sum of an item's sources is multiplied by: one over the weights of those that know it.</summary>
    public float ScaleOf(SourceWeights weights, int item) => ScalesOf(weights)[item];

    /// <summary>Σ w·s / Σ w over the sources that know an item, plus β times damped popularity, for all items.</summary>
    private void FuseAll(HybridScores scores)
    {
        float[] fused = scores.Fused;
        Array.Clear(fused);
        AddSource(fused, scores.Collaborative.Values, scores.Weights.Collaborative, _factorKnown);
        AddSource(fused, scores.Content.Values, scores.Weights.Content, _contentKnown);
        AddSource(fused, scores.Neighbours.Values, scores.Weights.Neighbours, known: null);
        TensorPrimitives.MultiplyAdd(fused, ScalesOf(scores.Weights), BoostsOf(scores.Strategy), fused);
    }

    /// <summary>What popularity adds to each item in a tier.</summary>
    private float[] BoostsOf(Strategy tier) => tier switch
    {
        Strategy.ContentOnly => _contentTierBoosts,
        Strategy.ContentPlusNeighbours => _neighbourTierBoosts,
        _ => _boosts,
    };

    private float[] BoostsOf(double beta)
    {
        float[] boosts = new float[_bundle.Products.Count];
        TensorPrimitives.Multiply(_bundle.Popularity.DampedScores, (float)beta, boosts);
        return boosts;
    }

    private static void AddSource(float[] fused, float[] values, float weight, KnownItems? known)
    {
        if (weight <= 0)
        {
            return;
        }

        if (known is { All: false })
        {
            TensorPrimitives.Multiply(values, known.Mask, values);
        }

        TensorPrimitives.MultiplyAdd(values, weight, fused, fused);
    }

    private float[] ScalesOf(SourceWeights weights) => _scales.GetOrAdd(weights, _ =>
        [.. Enumerable.Range(0, _bundle.Products.Count).Select(item =>
        {
            float total = (weights.Collaborative * _factorKnown.Mask[item]) + (weights.Content * _contentKnown.Mask[item]) + weights.Neighbours;
            return total > 0 ? 1 / total : 0;
        })]);

    private static CandidateSource Strongest(float factors, float content, float neighbours, float popularity)
    {
        float most = Math.Max(Math.Max(factors, content), Math.Max(neighbours, popularity));
        return most == factors && factors > 0 ? CandidateSource.Collaborative
            : most == content && content > 0 ? CandidateSource.Content
            : most == neighbours && neighbours > 0 ? CandidateSource.Neighbours
            : CandidateSource.Popularity;
    }

    private bool ScoreCollaborative(IndexedHistory history, HybridScores scores)
    {
        if (scores.CollaborativeAt == _options.WalkShare)
        {
            return scores.Collaborative.Speaks;
        }

        scores.CollaborativeAt = _options.WalkShare;
        if (scores.FactorProducts is { } products)
        {
            products.Span.CopyTo(scores.Collaborative.Values);
        }
        else
        {
            scores.User = _foldIn.Fold(history.Items, history.Weights);
            _factorRows.Multiply(scores.User.Factors, scores.Collaborative.Values);
        }

        bool[]? known = _factorKnown.All ? null : _factorKnown.Flags;
        _blend.Mix(history, scores, scores.Collaborative.Spread(known));
        scores.Collaborative.Scale(known);
        return scores.Collaborative.Speaks;
    }

    private bool ScoreContent(IndexedHistory history, HybridScores scores)
    {
        if (scores.HasContent)
        {
            return scores.Content.Speaks;
        }

        scores.HasContent = true;
        if (scores.ContentProducts is { } products)
        {
            products.Span.CopyTo(scores.Content.Values);
            scores.Content.Scale(_contentKnown.All ? null : _contentKnown.Flags);
            return scores.Content.Speaks;
        }

        scores.ContentNorm = ContentProfile.Fill(
            _bundle.Content.Embeddings, history.Items, history.Weights, scores.Profile(_bundle.Content.Embeddings.Width));
        if (scores.ContentNorm == 0)
        {
            scores.Content.Silence();
            return false;
        }

        _contentRows.Multiply(scores.Profile(_bundle.Content.Embeddings.Width), scores.Content.Values);
        scores.Content.Scale(_contentKnown.All ? null : _contentKnown.Flags);
        return scores.Content.Speaks;
    }

    private bool ScoreNeighbours(IndexedHistory history, HybridScores scores)
    {
        if (scores.NeighboursAt == _options.Neighbours)
        {
            return scores.Neighbours.Speaks;
        }

        scores.NeighboursAt = _options.Neighbours;
        scores.SimilarUsers = Users.Find(history.Items, _options.Neighbours);
        if (scores.SimilarUsers.Length == 0)
        {
            scores.Neighbours.Silence();
            return false;
        }

        Users.Score(scores.SimilarUsers, scores.Neighbours.Values);
        scores.Neighbours.Scale(known: null);
        return scores.Neighbours.Speaks;
    }
}
