using System.Numerics.Tensors;

namespace Aisle.Statistics.OffPolicy;

/// <summary>Mean rewards by stratum and item, shrunk, each fold of users judged by the others.</summary>
internal sealed class CrossFittedRewards
{
    // As many decisions as the stratum's own mean counts for.
    private const double PriorDecisions = 20;

    private readonly int _actions;
    private readonly int _folds;
    private readonly double[][] _rewards;
    private readonly double[][] _values;

    /// <summary>Fits one model for each fold.</summary>
    public CrossFittedRewards(IReadOnlyList<LoggedAction> log, TargetPolicy policy, int folds)
    {
        _actions = policy.Actions;
        _folds = folds;
        _rewards = new double[folds][];
        _values = new double[folds][];
        for (int fold = 0; fold < folds; fold++)
        {
            _rewards[fold] = Fit(log, policy, fold);
            _values[fold] = [.. Enumerable.Range(0, policy.Strata).Select(stratum =>
                TensorPrimitives.Dot(policy.Row(stratum), _rewards[fold].AsSpan(stratum * _actions, _actions)))];
        }
    }

    /// <summary>What the model expects of what was shown.</summary>
    public double Reward(LoggedAction shown) => _rewards[FoldOf(shown.User)][(shown.Stratum * _actions) + shown.Action];

    /// <summary>What the model expects of the policy where this was shown.</summary>
    public double Value(LoggedAction shown) => _values[FoldOf(shown.User)][shown.Stratum];

    // Fibonacci hashing: users of neighbouring numbers fall into different folds.
    private int FoldOf(long user) => (int)(((ulong)user * 0x9E3779B97F4A7C15UL >> 32) % (ulong)_folds);

    private double[] Fit(IReadOnlyList<LoggedAction> log, TargetPolicy policy, int fold)
    {
        double[] sums = new double[policy.Strata * _actions];
        double[] counts = new double[sums.Length];
        foreach (LoggedAction shown in log)
        {
            if (FoldOf(shown.User) != fold)
            {
                sums[(shown.Stratum * _actions) + shown.Action] += shown.Reward;
                counts[(shown.Stratum * _actions) + shown.Action]++;
            }
        }

        double all = counts.Sum();
        double overall = all > 0 ? sums.Sum() / all : 0;
        for (int stratum = 0; stratum < policy.Strata; stratum++)
        {
            Span<double> row = sums.AsSpan(stratum * _actions, _actions);
            ReadOnlySpan<double> seen = counts.AsSpan(stratum * _actions, _actions);
            double mean = (TensorPrimitives.Sum<double>(row) + (PriorDecisions * overall)) / (TensorPrimitives.Sum(seen) + PriorDecisions);
            for (int action = 0; action < _actions; action++)
            {
                row[action] = (row[action] + (PriorDecisions * mean)) / (seen[action] + PriorDecisions);
            }
        }

        return sums;
    }
}
