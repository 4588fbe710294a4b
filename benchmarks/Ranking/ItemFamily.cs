using Aisle.Candidates.ItemToItem;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Ranking;

/// <summary>Item-to-item models: nearest neighbours, walks and EASE. Where the file has times, a search may let the
/// newest items of a history count most.</summary>
internal sealed class ItemFamily : IRankFamily
{
    /// <summary>The largest matrix that EASE inverts here; beyond, it sees the most popular items only.</summary>
    private const int LargestInverse = 12_000;

    private static readonly Axis Recency = new("recency", [0, 0.25, 0.5, 1], 0);

    private readonly IReadOnlyList<Axis> _axes;
    private readonly Func<RankData, double[], IItemScorer> _train;

    private ItemFamily(string name, IReadOnlyList<Axis> axes, Func<RankData, double[], IItemScorer> train) => (Name, _axes, _train) = (name, axes, train);

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Cosine neighbours.</summary>
    public static ItemFamily Neighbours() => new(
        "itemknn",
        [new Axis("k", [20, 50, 100, 200, 400, 800], 200), new Axis("shrinkage", [0, 2, 5, 10, 20, 50, 100, 300, 1000], 20)],
        (data, settings) => new ItemKnnTrainer(new ItemKnnOptions { Neighbours = (int)settings[0], Shrinkage = settings[1] }).Train(data.Train, null, CancellationToken.None));

    /// <summary>RP3β.</summary>
    public static ItemFamily Walks() => new(
        "rp3",
        [new Axis("α", [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2], 0.8), new Axis("β", [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8], 0.3), new Axis("k", [50, 100, 200, 400, 800], 200)],
        (data, settings) => new Rp3BetaTrainer(new Rp3BetaOptions { Alpha = settings[0], Beta = settings[1], Neighbours = (int)settings[2] }).Train(data.Train, null, CancellationToken.None));

    /// <summary>EASE; of a large catalogue the most popular items only.</summary>
    public static ItemFamily Ease() => new("ease", [new Axis("λ", [10, 30, 100, 200, 300, 500, 1000, 2000, 4000], 300)], (data, settings) =>
    {
        EaseTrainer trainer = new(new EaseOptions { Regularization = settings[0] });
        return Math.Min(data.Train.UserCount, data.Train.ItemCount) <= LargestInverse
            ? trainer.Train(data.Train, null, CancellationToken.None)
            : PopularOnly.Train(trainer, data.Train, LargestInverse);
    });

    /// <inheritdoc/>
    public IReadOnlyList<Axis> AxesFor(RankData data) => data.Timed is null ? _axes : [.. _axes, Recency];

    /// <inheritdoc/>
    public UserScorer Train(RankData data, double[] settings)
    {
        IItemScorer scorer = _train(data, settings);
        double recency = settings.Length > _axes.Count ? settings[^1] : 0;
        if (scorer is EaseDualScorer dual && recency == 0)
        {
            return dual.ScoreTrained;
        }

        return (user, scores) => scorer.Score(data.Train.ItemsOf(user), data.WeightsOf(user, recency), scores);
    }
}
