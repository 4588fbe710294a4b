using Aisle.Numerics;

namespace Aisle.Statistics.SampleRatio;

/// <summary>Whether the arms have the shares of users they should, asked again at every look without losing the guarantee.</summary>
/// <remarks>Lindon and Malek (2022): the Bayes factor of Dirichlet-multinomial shares against the planned ones is an e-process; 1 ÷ its
/// running maximum is an always-valid p.</remarks>
/// <param name="Status">Whether there is an answer.</param>
/// <param name="LogBayesFactors">The logarithm of the Bayes factor at each look; empty without an answer.</param>
/// <param name="PValues">The always-valid p at each look, never rising; empty without an answer.</param>
public sealed record SequentialSampleRatio(ComparisonStatus Status, IReadOnlyList<double> LogBayesFactors, IReadOnlyList<double> PValues)
{
    /// <summary>A concentration that finds deviations of some tenths of a percent within some ten thousand users.</summary>
    public const double DefaultConcentration = 1_000;

    /// <summary>Checks the cumulated counts of every look.</summary>
    /// <param name="counts">Users by look and arm, cumulated.</param>
    /// <param name="weights">Shares by arm, not necessarily adding up to 1; arms of weight 0 leave the test.</param>
    /// <param name="concentration">How many users the planned shares are worth, positive.</param>
    public static SequentialSampleRatio Of(IReadOnlyList<IReadOnlyList<double>> counts, IReadOnlyList<double> weights, double concentration)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(weights);
        if (!(concentration > 0) || !IsValid(weights) || counts.Any(look => look.Count != weights.Count || !look.All(ArmMean.IsCount)))
        {
            return new SequentialSampleRatio(ComparisonStatus.InvalidInput, [], []);
        }

        int[] live = [.. Enumerable.Range(0, weights.Count).Where(i => weights[i] > 0)];
        if (counts.Count == 0 || live.Sum(i => counts[^1][i]) == 0)
        {
            return new SequentialSampleRatio(ComparisonStatus.NoData, [], []);
        }

        if (live.Length < 2)
        {
            return new SequentialSampleRatio(ComparisonStatus.InsufficientData, [], []);
        }

        double total = live.Sum(i => weights[i]);
        double[] shares = [.. live.Select(i => weights[i] / total)];
        double[] factors = [.. counts.Select(look => LogFactor([.. live.Select(i => look[i])], shares, concentration))];
        double best = 0;
        double[] p = [.. factors.Select(factor => Math.Exp(-(best = Math.Max(best, factor))))];
        return new SequentialSampleRatio(ComparisonStatus.Ok, factors, p);
    }

    private static bool IsValid(IReadOnlyList<double> values) => values.All(value => double.IsFinite(value) && value >= 0);

    private static double LogFactor(double[] counts, double[] shares, double concentration)
    {
        double log = LogGamma.Of(concentration) - LogGamma.Of(concentration + counts.Sum());
        for (int i = 0; i < counts.Length; i++)
        {
            double prior = concentration * shares[i];
            log += LogGamma.Of(prior + counts[i]) - LogGamma.Of(prior) - (counts[i] * Math.Log(shares[i]));
        }

        return log;
    }
}
