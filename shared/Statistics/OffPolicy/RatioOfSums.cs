namespace Aisle.Statistics.OffPolicy;

/// <summary>One estimator as a ratio of two sums over users.</summary>
/// <param name="Numerator">A user's M.</param>
/// <param name="Denominator">A user's D.</param>
internal sealed record RatioOfSums(Func<UserSums, double> Numerator, Func<UserSums, double> Denominator)
{
    /// <summary>What the logged policy earned: Σr ÷ decisions.</summary>
    public static RatioOfSums Logged { get; } = new(user => user.Reward, user => user.Decisions);

    /// <summary>Inverse propensity scoring: Σwr ÷ decisions. Horvitz and Thompson (1952).</summary>
    public static RatioOfSums Ips { get; } = new(user => user.WeightedReward, user => user.Decisions);

    /// <summary>Self-normalised inverse propensity scoring: Σwr ÷ Σw. Swaminathan and Joachims (2015).</summary>
    public static RatioOfSums Snips { get; } = new(user => user.WeightedReward, user => user.Weight);

    /// <summary>Doubly robust: Σ(v̂ + w(r − r̂)) ÷ decisions. Dudík, Langford and Li (2011).</summary>
    public static RatioOfSums DoublyRobust { get; } = new(user => user.Robust, user => user.Decisions);

    /// <summary>The mean weight: Σ(w + unsupported mass) ÷ decisions, which is 1 when the propensities are right.</summary>
    public static RatioOfSums Weights { get; } = new(user => user.Weight + user.Unsupported, user => user.Decisions);

    /// <summary>The ratio, and the mean of its denominator.</summary>
    public (double Ratio, double MeanDenominator) Over(UserSums[] users)
    {
        double numerator = users.Sum(Numerator);
        double denominator = users.Sum(Denominator);
        return (numerator / denominator, denominator / users.Length);
    }

    /// <summary>M − R·D of a user.</summary>
    public double Residual(UserSums user, double ratio) => Numerator(user) - (ratio * Denominator(user));
}
