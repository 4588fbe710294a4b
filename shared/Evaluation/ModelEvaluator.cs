using Aisle.Evaluation.Holdouts;
using Aisle.Evaluation.Metrics;
using Aisle.Evaluation.Slates;

namespace Aisle.Evaluation;

/// <summary>Judges models on one holdout: the whole catalogue is ranked, seen items are masked, all judged users count alike.</summary>
/// <param name="holdout">What models learnt from and what they are judged by.</param>
/// <param name="options">The cut, the intervals and what else is known of items and users.</param>
public sealed class ModelEvaluator(Holdout holdout, EvaluationOptions options)
{
    private static readonly Metric[] PerUserMetrics =
    [
        Metric.Precision, Metric.Recall, Metric.Ndcg, Metric.AveragePrecision, Metric.ReciprocalRank, Metric.HitRate,
        Metric.Novelty, Metric.Serendipity, Metric.IntraListDiversity,
    ];

    private readonly int[] _buyers = PopularSlates.Buyers(holdout.Train);
    private readonly ExpectedItems _expected = new(holdout.Train, options.Categories, options.K);
    private readonly int _activeUsers = Math.Max(1, Enumerable.Range(0, holdout.Train.UserCount).Count(user => !holdout.Train.ItemsOf(user).IsEmpty));

    /// <summary>Ranks every judged user's slate and measures it.</summary>
    /// <param name="model">What the model is called in a table.</param>
    /// <param name="source">The model.</param>
    /// <param name="cancellationToken">Heeded between users.</param>
    /// <exception cref="InvalidOperationException">The model repeated an item or showed one that the user has;
    /// the message says which.</exception>
    public ModelEvaluation Evaluate(string model, ISlateSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        IReadOnlyList<int> users = holdout.JudgedUsers;
        int[][] slates = new int[users.Count][];
        Dictionary<Metric, double?[]> values = PerUserMetrics.ToDictionary(metric => metric, _ => new double?[users.Count]);
        int degree = options.DegreeOfParallelism == 0 ? Environment.ProcessorCount : options.DegreeOfParallelism;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = degree, CancellationToken = cancellationToken };
        Parallel.For(0, users.Count, parallel, index =>
        {
            slates[index] = Slate(model, source, users[index]);
            Measure(users[index], slates[index], index, values);
        });
        return Summary(model, slates, values);
    }

    private int[] Slate(string model, ISlateSource source, int user)
    {
        int[] slate = new int[options.K];
        Array.Resize(ref slate, source.Rank(user, slate));
        if (slate.Distinct().Count() != slate.Length)
        {
            throw new InvalidOperationException($"{model} showed user {user} an item twice.");
        }

        foreach (int item in slate)
        {
            if (holdout.Train.ItemsOf(user).BinarySearch(item) >= 0)
            {
                throw new InvalidOperationException($"{model} showed user {user} item {item}, which the user has; seen items must be masked.");
            }
        }

        return slate;
    }

    private void Measure(int user, int[] slate, int index, Dictionary<Metric, double?[]> values)
    {
        HashSet<int> held = [.. holdout.Held.ItemsOf(user)];
        int k = options.K;
        values[Metric.Precision][index] = Precision.AtK<int>(slate, held, k);
        values[Metric.Recall][index] = Recall.AtK<int>(slate, held, k);
        values[Metric.Ndcg][index] = Ndcg.AtK<int>(slate, held, k);
        values[Metric.AveragePrecision][index] = AveragePrecision.AtK<int>(slate, held, k);
        values[Metric.ReciprocalRank][index] = ReciprocalRank.AtK<int>(slate, held, k);
        values[Metric.HitRate][index] = HitRate.AtK<int>(slate, held, k);
        values[Metric.Novelty][index] = Novelty.AtK(slate, _buyers, _activeUsers, k);
        values[Metric.Serendipity][index] = Serendipity.AtK(slate, held, _expected.Of(user), k);
        values[Metric.IntraListDiversity][index] = options.Embeddings is null ? null : IntraListDiversity.AtK(slate, options.Embeddings, k);
    }

    private ModelEvaluation Summary(string model, int[][] slates, Dictionary<Metric, double?[]> values)
    {
        Dictionary<Metric, Estimate?> metrics = values.ToDictionary(entry => entry.Key, entry => Bootstrap.Mean(entry.Value, options.BootstrapSamples, options.Seed));
        foreach ((Metric metric, double? value) in ExposureMetrics.Of(slates, _buyers, options.K))
        {
            metrics[metric] = value is { } known ? new Estimate(known, null, null, slates.Length) : null;
        }

        return new ModelEvaluation(model, options.K, metrics, values.ToDictionary(entry => entry.Key, entry => (IReadOnlyList<double?>)entry.Value), BySlice(values));
    }

    private SortedDictionary<string, IReadOnlyDictionary<Metric, Estimate?>> BySlice(Dictionary<Metric, double?[]> values)
    {
        SortedDictionary<string, IReadOnlyDictionary<Metric, Estimate?>> slices = new(StringComparer.Ordinal);
        foreach (IGrouping<string, int> slice in Enumerable.Range(0, options.Slices is null ? 0 : holdout.JudgedUsers.Count).GroupBy(index => options.Slices![holdout.JudgedUsers[index]]))
        {
            slices[slice.Key] = values.ToDictionary(
                entry => entry.Key, entry => Bootstrap.Mean([.. slice.Select(index => entry.Value[index])], options.BootstrapSamples, options.Seed));
        }

        return slices;
    }
}
