using System.Numerics.Tensors;
using Aisle.Candidates.Neighbours;
using Aisle.Content;
using Aisle.Factorization;

namespace Aisle.Candidates;

/// <summary>Splits one source's raw score of an item among the touched products, without scoring the catalogue: cheap enough for every slate.</summary>
/// <param name="bundle">The model.</param>
/// <param name="scorer">Folds in and finds similar users.</param>
/// <param name="history">The shopper's; not empty.</param>
/// <param name="neighbours">How many similar users speak.</param>
internal sealed class SourceExplainer(ModelBundle bundle, HybridScorer scorer, IndexedHistory history, int neighbours)
{
    private FoldIn.ContributionSplit? _split;
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

    /// <summary>By factors and by walks, each as shares of what it says: their ranges over the catalogue are not known here.</summary>
    private double[] ByFactors(int item)
    {
        _split ??= scorer.FoldIn.Split(history.Items, history.Weights);
        double[] parts = new double[history.Items.Length];
        _split(item, parts);
        double[] walks = scorer.Blend.Explain(history, item);
        double factors = TensorPrimitives.SumOfMagnitudes<double>(parts);
        double reached = TensorPrimitives.Sum<double>(walks);
        double share = reached > 0 ? scorer.Blend.FactorShare(item) : 1;
        for (int index = 0; index < parts.Length; index++)
        {
            parts[index] = (factors > 0 ? share * parts[index] / factors : 0) + (reached > 0 ? (1 - share) * walks[index] / reached : 0);
        }

        return parts;
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
