using Aisle.Evaluation.Slates;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Ranking;

/// <summary>A model of the most popular items, for catalogues that are too large for it: all other items score lowest.</summary>
internal sealed class PopularOnly : IItemScorer
{
    private readonly IItemScorer _inner;
    private readonly int[] _items;
    private readonly int[] _places;

    private PopularOnly(IItemScorer inner, int[] items, int[] places) => (_inner, _items, _places) = (inner, items, places);

    /// <inheritdoc/>
    public int ItemCount => _places.Length;

    /// <summary>Trains on the columns of the most popular items.</summary>
    public static PopularOnly Train(IItemScorerTrainer trainer, InteractionMatrix train, int most)
    {
        int[] buyers = PopularSlates.Buyers(train);
        int[] items = [.. Enumerable.Range(0, train.ItemCount).OrderByDescending(item => buyers[item]).ThenBy(item => item).Take(most).Order()];
        int[] places = new int[train.ItemCount];
        Array.Fill(places, -1);
        for (int place = 0; place < items.Length; place++)
        {
            places[items[place]] = place;
        }

        InteractionMatrixBuilder builder = new(train.UserCount, items.Length);
        for (int user = 0; user < train.UserCount; user++)
        {
            for (int index = 0; index < train.ItemsOf(user).Length; index++)
            {
                if (places[train.ItemsOf(user)[index]] is >= 0 and var place)
                {
                    builder.Add(user, place, train.WeightsOf(user)[index]);
                }
            }
        }

        return new PopularOnly(trainer.Train(builder.Build(), null, CancellationToken.None), items, places);
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> items, ReadOnlySpan<float> weights, Span<float> scores)
    {
        List<int> known = [];
        List<float> kept = [];
        for (int index = 0; index < items.Length; index++)
        {
            if (_places[items[index]] >= 0)
            {
                known.Add(_places[items[index]]);
                kept.Add(weights[index]);
            }
        }

        float[] inner = new float[_items.Length];
        _inner.Score(known.ToArray(), kept.ToArray(), inner);
        scores.Fill(inner.Min() - 1);
        for (int place = 0; place < inner.Length; place++)
        {
            scores[_items[place]] = inner[place];
        }
    }
}
