using Aisle.Evaluation.Holdouts;
using Aisle.Factorization;
using Aisle.Factorization.Ranking;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Evaluation.Tuning;

/// <summary>Judges factorizations on a validation split, again and again: the whole catalogue is ranked for the judged
/// users alone, seen items masked.</summary>
public sealed class FactorJudge
{
    private readonly int[] _users;
    private readonly InteractionMatrix _seen;
    private readonly HashSet<int>[] _held;
    private readonly int _k;

    /// <summary>Prepares the judged users.</summary>
    /// <param name="holdout">Who judges; models are trained on its training half.</param>
    /// <param name="k">The cut, positive.</param>
    public FactorJudge(Holdout holdout, int k)
    {
        ArgumentNullException.ThrowIfNull(holdout);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        _users = [.. holdout.JudgedUsers];
        _held = [.. _users.Select(user => new HashSet<int>(holdout.Held.ItemsOf(user).ToArray()))];
        _k = k;
        InteractionMatrixBuilder seen = new(_users.Length, holdout.Train.ItemCount);
        for (int row = 0; row < _users.Length; row++)
        {
            foreach (int item in holdout.Train.ItemsOf(_users[row]))
            {
                seen.Add(row, item, 1);
            }
        }

        _seen = seen.Build();
    }

    private delegate double? Measure(ReadOnlySpan<int> slate, IReadOnlySet<int> held, int k);

    /// <summary>Mean NDCG@k; 0 when nobody judges.</summary>
    /// <param name="model">Trained on the training half.</param>
    /// <param name="cancellationToken">Heeded between blocks of users.</param>
    public double Ndcg(FactorModel model, CancellationToken cancellationToken) => Mean(model, Evaluation.Metrics.Ndcg.AtK<int>, cancellationToken);

    /// <summary>Mean Recall@k; 0 when nobody judges.</summary>
    /// <param name="model">Trained on the training half.</param>
    /// <param name="cancellationToken">Heeded between blocks of users.</param>
    public double Recall(FactorModel model, CancellationToken cancellationToken) => Mean(model, Evaluation.Metrics.Recall.AtK<int>, cancellationToken);

    private double Mean(FactorModel model, Measure measure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        FactorMatrix factors = new(_users.Length, model.Users.Width);
        for (int row = 0; row < _users.Length; row++)
        {
            model.Users[_users[row]].CopyTo(factors.Row(row));
        }

        double[] values = new double[_users.Length];
        using FactorRanking ranking = new(model.Items);
        ranking.RankAll(factors, _seen, _k, degreeOfParallelism: 0, Judge, cancellationToken);
        return values.Length == 0 ? 0 : values.Average();

        void Judge(int row, ReadOnlySpan<ScoredIndex> ranked)
        {
            int[] slate = new int[ranked.Length];
            for (int rank = 0; rank < slate.Length; rank++)
            {
                slate[rank] = ranked[rank].Index;
            }

            values[row] = measure(slate, _held[row], _k) ?? 0;
        }
    }
}
