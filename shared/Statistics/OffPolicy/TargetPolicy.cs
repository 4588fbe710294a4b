namespace Aisle.Statistics.OffPolicy;

/// <summary>A proposed policy: in each kind of request, with what chance each item would be shown.</summary>
/// <remarks>Cost of weighing: linear in the log, and folds × strata × actions.</remarks>
public sealed class TargetPolicy
{
    private const double SumTolerance = 1e-6;

    private readonly double[] _probabilities;

    /// <summary>A policy from its table.</summary>
    /// <param name="strata">Kinds of request.</param>
    /// <param name="actions">Items.</param>
    /// <param name="probabilities">strata × actions, row-major; each row adds up to 1.</param>
    /// <exception cref="ArgumentException">The table has another shape, or a row is no distribution.</exception>
    public TargetPolicy(int strata, int actions, IReadOnlyList<double> probabilities)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(strata);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(actions);
        ArgumentNullException.ThrowIfNull(probabilities);
        if (probabilities.Count != strata * actions)
        {
            throw new ArgumentException($"A policy of {strata} strata and {actions} actions has {strata * actions} probabilities, not "
                + $"{probabilities.Count}.", nameof(probabilities));
        }

        _probabilities = [.. probabilities];
        Strata = strata;
        Actions = actions;
        for (int stratum = 0; stratum < strata; stratum++)
        {
            ReadOnlySpan<double> row = Row(stratum);
            double sum = 0;
            foreach (double probability in row)
            {
                sum += probability >= 0 ? probability : double.NaN;
            }

            if (!(Math.Abs(sum - 1) <= SumTolerance))
            {
                throw new ArgumentException($"The probabilities of stratum {stratum} are negative or do not add up to 1.", nameof(probabilities));
            }
        }
    }

    /// <summary>Kinds of request.</summary>
    public int Strata { get; }

    /// <summary>Items.</summary>
    public int Actions { get; }

    /// <summary>The distribution over items in a kind of request.</summary>
    public ReadOnlySpan<double> Row(int stratum) => _probabilities.AsSpan(stratum * Actions, Actions);

    /// <summary>Weighs a log for this policy: support as far as the log shows it, and predictions by a model that
    /// never saw the same user.</summary>
    /// <remarks>
    /// An item that was never shown in a stratum counts as unsupported there, which is on the careful side where the log is short. The
    /// model is the mean reward of an item in its stratum, shrunk to the stratum's, cross-fitted over <paramref name="folds"/> parts of
    /// the users (Chernozhukov and others 2018).
    /// </remarks>
    /// <param name="log">What was shown.</param>
    /// <param name="folds">Parts of the users, at least 2.</param>
    /// <exception cref="ArgumentException">A stratum or an action lies outside the table.</exception>
    public IReadOnlyList<LoggedDecision> Weigh(IReadOnlyList<LoggedAction> log, int folds)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        if (log.Any(shown => shown.Stratum < 0 || shown.Stratum >= Strata || shown.Action < 0 || shown.Action >= Actions))
        {
            throw new ArgumentException($"Strata lie in [0, {Strata}) and actions in [0, {Actions}).", nameof(log));
        }

        CrossFittedRewards model = new(log, this, folds);
        double[] unsupported = Unsupported(log);
        return [.. log.Select(shown => new LoggedDecision(shown.User, shown.Reward, shown.Propensity, Row(shown.Stratum)[shown.Action])
        {
            UnsupportedMass = unsupported[shown.Stratum],
            PredictedReward = model.Reward(shown),
            PredictedValue = model.Value(shown),
        })];
    }

    private double[] Unsupported(IReadOnlyList<LoggedAction> log)
    {
        bool[] wasShown = new bool[_probabilities.Length];
        foreach (LoggedAction shown in log)
        {
            wasShown[(shown.Stratum * Actions) + shown.Action] = true;
        }

        double[] mass = new double[Strata];
        for (int cell = 0; cell < wasShown.Length; cell++)
        {
            mass[cell / Actions] += wasShown[cell] ? 0 : _probabilities[cell];
        }

        return [.. mass.Select(share => Math.Min(share, 1))];
    }
}
