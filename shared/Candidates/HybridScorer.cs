using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Aisle.Candidates.Neighbours;
using Aisle.Content;
using Aisle.Factorization;

namespace Aisle.Candidates;

/// <summary>Scores all items of a model by each source for one shopper. Safe for several threads: scratch is rented.</summary>
internal sealed class HybridScorer
{
    private readonly ModelBundle _bundle;
    private readonly HybridOptions _options;
    private readonly FoldIn _foldIn;
    private readonly bool[] _hasFactor;
    private readonly bool[] _hasContent;
    private readonly ConcurrentBag<HybridScores> _spare = [];

    /// <summary>Prepares what all shoppers share: O(items·f²).</summary>
    public HybridScorer(ModelBundle bundle, HybridOptions options)
    {
        _bundle = bundle;
        _options = options;
        _foldIn = new FoldIn(bundle.ItemFactors, bundle.Factorization);
        _hasFactor = [.. Enumerable.Range(0, bundle.Products.Count).Select(item => bundle.ItemFactors[item].ContainsAnyExcept(0f))];
        _hasContent = [.. Enumerable.Range(0, bundle.Products.Count).Select(bundle.Content.HasContent)];
        Users = new UserNeighbours(bundle.Neighbours, bundle.NeighboursByItem);
    }

    /// <summary>Where similar shoppers are found.</summary>
    public UserNeighbours Users { get; }

    /// <summary>How factors are solved.</summary>
    public FoldIn FoldIn => _foldIn;

    /// <summary>Whether the collaborative source knows an item.</summary>
    public bool HasFactor(int item) => _hasFactor[item];

    /// <summary>Scores all items; give the result back with <see cref="Return"/>.</summary>
    /// <remarks>O(items·(f + d)) with all sources.</remarks>
    public HybridScores Score(IndexedHistory history)
    {
        HybridScores scores = _spare.TryTake(out HybridScores? spare) ? spare : new HybridScores(_bundle.Products.Count);
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

        return scores;
    }

    /// <summary>Takes scratch back.</summary>
    public void Return(HybridScores scores) => _spare.Add(scores);

    /// <summary>The fused score of an item without the factor of newness, and the share of each source in it.</summary>
    public ScoredItem Fuse(HybridScores scores, int item, float newness)
    {
        SourceWeights weights = scores.Weights;
        float? collaborative = weights.Collaborative > 0 && _hasFactor[item] ? scores.Collaborative.Values[item] : null;
        float? content = weights.Content > 0 && _hasContent[item] ? scores.Content.Values[item] : null;
        float? neighbours = weights.Neighbours > 0 ? scores.Neighbours.Values[item] : null;
        float total = (collaborative is null ? 0 : weights.Collaborative) + (content is null ? 0 : weights.Content) + (neighbours is null ? 0 : weights.Neighbours);
        float scale = total > 0 ? 1 / total : 0;
        float fromFactors = (collaborative ?? 0) * weights.Collaborative * scale;
        float fromContent = (content ?? 0) * weights.Content * scale;
        float fromNeighbours = (neighbours ?? 0) * weights.Neighbours * scale;
        float fromPopularity = (float)_options.Beta * _bundle.Popularity.Damped(item);
        float fused = (fromFactors + fromContent + fromNeighbours + fromPopularity) * newness;
        CandidateSource source = newness > 1 ? CandidateSource.NewProduct : Strongest(fromFactors, fromContent, fromNeighbours, fromPopularity);
        return new ScoredItem(item, fused, source, new ComponentScores(collaborative, content, neighbours, _bundle.Popularity.Damped(item), newness));
    }

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
        _foldIn.Solve(history.Items, history.Weights, scores.UserFactor(_foldIn.Factors));
        Multiply(_bundle.ItemFactors, scores.UserFactor(_foldIn.Factors), scores.Collaborative.Values);
        scores.Collaborative.Scale(_hasFactor);
        return scores.Collaborative.Speaks;
    }

    private bool ScoreContent(IndexedHistory history, HybridScores scores)
    {
        scores.ContentNorm = ContentProfile.Fill(
            _bundle.Content.Embeddings, history.Items, history.Weights, scores.Profile(_bundle.Content.Embeddings.Width));
        if (scores.ContentNorm == 0)
        {
            return false;
        }

        Multiply(_bundle.Content.Embeddings, scores.Profile(_bundle.Content.Embeddings.Width), scores.Content.Values);
        scores.Content.Scale(_hasContent);
        return scores.Content.Speaks;
    }

    private bool ScoreNeighbours(IndexedHistory history, HybridScores scores)
    {
        scores.SimilarUsers = Users.Find(history.Items, _options.Neighbours);
        if (scores.SimilarUsers.Length == 0)
        {
            return false;
        }

        Users.Score(scores.SimilarUsers, scores.Neighbours.Values);
        scores.Neighbours.Scale(known: null);
        return scores.Neighbours.Speaks;
    }

    private static void Multiply(FactorMatrix rows, ReadOnlySpan<float> vector, Span<float> result)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            result[row] = TensorPrimitives.Dot(rows[row], vector);
        }
    }
}
