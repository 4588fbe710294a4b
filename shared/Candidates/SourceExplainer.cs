using System.Buffers;
using Aisle.Candidates.Neighbours;
using Aisle.Content;
using Aisle.Factorization;

namespace Aisle.Candidates;

/// <summary>Splits one source's raw score of an item among the touched products, without scoring the catalogue: cheap enough for every slate.</summary>
/// <param name="bundle">The model.</param>
/// <param name="scorer">Folds in and finds similar users.</param>
/// <param name="history">The shopper's; not empty.</param>
/// <param name="neighbours">How many similar users speak.</param>
internal sealed class SourceExplainer(ModelBundle bundle, HybridScorer scorer, IndexedHistory history, int neighbours) : IDisposable
{
    private double[]? _matrix;
    private FoldedUser? _user;
    private SimilarUser[]? _similar;

    /// <summary>What each touched product adds to the item's score by the source that brought it.</summary>
    /// <returns>Largest first; empty when that source is not about touched products.</returns>
    public IReadOnlyList<TouchContribution> Explain(ShownItem shown) =>
        ContributionFinder.Ranked(history.Items, shown.Source switch
        {
            CandidateSource.Collaborative => ByFactors(shown.Item),
            CandidateSource.Content or CandidateSource.NewProduct => ByContent(shown.Item),
            CandidateSource.Neighbours => ByNeighbours(shown.Item),
            _ => new double[history.Items.Length],
        });

    /// <summary>Gives the matrix of the fold back.</summary>
    public void Dispose()
    {
        if (_matrix is not null)
        {
            ArrayPool<double>.Shared.Return(_matrix);
            (_matrix, _user) = (null, null);
        }
    }

    /// <summary>By factors and by walks, each as shares of what it says: their ranges over the catalogue are not known here.</summary>
    private double[] ByFactors(int item)
    {
        _matrix ??= ArrayPool<double>.Shared.Rent(scorer.FoldIn.Factors * scorer.FoldIn.Factors);
        _user ??= scorer.FoldIn.Fold(history.Items, history.Weights, _matrix);
        double[] parts = new double[history.Items.Length];
        _user.Explain(item, parts);
        double[] walks = scorer.Blend.Explain(history, item);
        double factors = parts.Sum(Math.Abs);
        double reached = walks.Sum();
        double share = reached > 0 ? scorer.Blend.FactorShare(item) : 1;
        return [.. parts.Zip(walks, (part, walk) => (factors > 0 ? share * part / factors : 0) + (reached > 0 ? (1 - share) * walk / reached : 0))];
    }

    private double[] ByContent(int item)
    {
        ContentModel content = bundle.Content;
        return [.. history.Items.Select((touched, index) => (double)history.Weights[index] * content.Similarity(touched, item))];
    }

    private double[] ByNeighbours(int item)
    {
        _similar ??= scorer.Users.Find(history.Items, neighbours);
        double[] parts = new double[history.Items.Length];
        scorer.Users.Explain(_similar, history.Items, item, parts);
        return parts;
    }
}
