namespace Aisle.Statistics.OffPolicy;

/// <summary>Sums over the decisions of one user.</summary>
internal sealed class UserSums
{
    /// <summary>How many decisions.</summary>
    public double Decisions { get; private set; }

    /// <summary>Σr.</summary>
    public double Reward { get; private set; }

    /// <summary>Σw.</summary>
    public double Weight { get; private set; }

    /// <summary>Σwr.</summary>
    public double WeightedReward { get; private set; }

    /// <summary>Σ(v̂ + w(r − r̂)); meaningless without a model.</summary>
    public double Robust { get; private set; }

    /// <summary>Σ unsupported mass.</summary>
    public double Unsupported { get; private set; }

    /// <summary>Groups decisions by user, in the order in which users first appear.</summary>
    public static UserSums[] Of(IReadOnlyList<LoggedDecision> decisions)
    {
        Dictionary<long, UserSums> users = [];
        List<UserSums> ordered = [];
        foreach (LoggedDecision decision in decisions)
        {
            if (!users.TryGetValue(decision.User, out UserSums? sums))
            {
                sums = new UserSums();
                users.Add(decision.User, sums);
                ordered.Add(sums);
            }

            sums.Add(decision);
        }

        return [.. ordered];
    }

    private void Add(in LoggedDecision decision)
    {
        double weight = decision.Weight;
        Decisions++;
        Reward += decision.Reward;
        Weight += weight;
        WeightedReward += weight * decision.Reward;
        Robust += (decision.PredictedValue ?? 0) + (weight * (decision.Reward - (decision.PredictedReward ?? 0)));
        Unsupported += decision.UnsupportedMass;
    }
}
