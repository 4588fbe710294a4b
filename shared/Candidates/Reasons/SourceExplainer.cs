using System.Numerics.Tensors;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Neighbours;
using Aisle.Candidates.Shoppers;
using Aisle.Content;
using Aisle.Factorization.Folding;

namespace Aisle.Candidates.Reasons;

/// <summary>Splits one source's raw score of an item among the touched products, without scoring the catalogue: cheap enough
/// for every slate. For one thread.</summary>
/// <param name="bundle">The model.</param>
/// <param name="scorer">Folds in and finds similar users.</param>
/// <param name="history">The shopper's; not empty.</param>
/// <param name="neighbours">How many similar users speak.</param>
internal sealed class SourceExplainer(ModelBundle bundle, HybridScorer scorer, IndexedHistory history, int neighbours)
{
    private readonly double[] _parts = new double[history.Items.Length];
    private readonly double[] _walks = new double[history.Items.Length];
    private FoldIn.ContributionSplit? _split;
    private SimilarUser[]? _similar;

    /// <summary>The touched product that adds most to the item's score by the source that brought it, the item itself apart.</summary>
    /// <returns>Null when that source is not about touched products, or none speaks for the item.</returns>
    public TouchContribution? Strongest(ShownItem shown)
    {
        switch (shown.Source)
        {
            case CandidateSource.Collaborative:
                SplitByFactors(shown.Item);
                break;
            case CandidateSource.Content or CandidateSource.NewProduct:
                SplitByContent(shown.Item);
                break;
            case CandidateSource.Neighbours:
                _similar ??= scorer.Users.Find(history.Items, neighbours);
                scorer.Users.Explain(_similar, history.Items, shown.Item, _parts);
                break;
            default:
                return null;
        }

        return ContributionFinder.Strongest(history.Items, _parts, shown.Item);
    }

    /// <summary>By factors and by walks, each as shares of what it says: their ranges over the catalogue are not known here.</summary>
    private void SplitByFactors(int item)
    {
        _split ??= scorer.FoldIn.Split(history.Items, history.Weights);
        _split(item, _parts);
        scorer.Blend.Explain(history, item, _walks);
        double factors = TensorPrimitives.SumOfMagnitudes<double>(_parts);
        double reached = TensorPrimitives.Sum<double>(_walks);
        double share = reached > 0 ? scorer.Blend.FactorShare(item) : 1;
        for (int index = 0; index < _parts.Length; index++)
        {
            _parts[index] = (factors > 0 ? share * _parts[index] / factors : 0) + (reached > 0 ? (1 - share) * _walks[index] / reached : 0);
        }
    }

    private void SplitByContent(int item)
    {
        ContentModel content = bundle.Content;
        for (int index = 0; index < _parts.Length; index++)
        {
            _parts[index] = (double)history.Weights[index] * content.Similarity(history.Items[index], item);
        }
    }
}
