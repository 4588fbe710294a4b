using Aisle.Numerics;

namespace Aisle.Evaluation;

/// <summary>Intervals by drawing users again, with replacement.</summary>
/// <remarks>Efron (1979), percentile interval. Each sample has a random stream of its own, so threads change nothing.</remarks>
public static class Bootstrap
{
    /// <summary>The mean of the users who have a value, with its 95 % interval.</summary>
    /// <param name="values">One for each user, null where a user has none.</param>
    /// <param name="samples">How many samples are drawn; 0 for no interval.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>Null when no user has a value. With a single user the interval is that point.</returns>
    /// <remarks>O(samples · users).</remarks>
    public static Estimate? Mean(IReadOnlyList<double?> values, int samples, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        double[] known = [.. values.Where(value => value.HasValue).Select(value => value!.Value)];
        if (known.Length == 0)
        {
            return null;
        }

        double mean = known.Average();
        if (samples == 0)
        {
            return new Estimate(mean, null, null, known.Length);
        }

        double[] means = new double[samples];
        Parallel.For(0, samples, sample => means[sample] = Resampled(known, SeededRandom.Derive(seed, (ulong)sample)));
        Array.Sort(means);
        return new Estimate(mean, Quantile(means, 0.025), Quantile(means, 0.975), known.Length);
    }

    /// <summary>How much better one model is than another for the same users: the mean of the differences, with
    /// its 95 % interval.</summary>
    /// <param name="challenger">One value for each user, null where a user has none.</param>
    /// <param name="incumbent">The same users in the same order.</param>
    /// <param name="samples">How many samples are drawn.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>Null when no user has both values.</returns>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static Estimate? Difference(IReadOnlyList<double?> challenger, IReadOnlyList<double?> incumbent, int samples, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(challenger);
        ArgumentNullException.ThrowIfNull(incumbent);
        if (challenger.Count != incumbent.Count)
        {
            throw new ArgumentException("Both models must be judged by the same users.", nameof(incumbent));
        }

        return Mean([.. challenger.Zip(incumbent, (left, right) => left - right)], samples, seed);
    }

    private static double Resampled(double[] values, SeededRandom random)
    {
        double sum = 0;
        for (int draw = 0; draw < values.Length; draw++)
        {
            sum += values[random.NextInt(values.Length)];
        }

        return sum / values.Length;
    }

    /// <summary>The quantile of sorted values, linear between neighbours (Hyndman and Fan 1996, type 7).</summary>
    private static double Quantile(double[] sorted, double probability)
    {
        double position = probability * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
