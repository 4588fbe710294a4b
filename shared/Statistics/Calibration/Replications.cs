using Aisle.Numerics;

namespace Aisle.Statistics.Calibration;

/// <summary>One simulated experiment many times over: each has a stream of chance of its own, so that the result
/// does not depend on threads.</summary>
internal static class Replications
{
    /// <summary>Runs them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Of all streams.</param>
    /// <param name="degreeOfParallelism">Threads at once; −1 for all.</param>
    /// <param name="experiment">One experiment.</param>
    /// <param name="cancellationToken">Gives up between two experiments.</param>
    /// <returns>In the order of the streams.</returns>
    public static T[] Run<T>(int count, ulong seed, int degreeOfParallelism, Func<SeededRandom, T> experiment, CancellationToken cancellationToken)
    {
        T[] results = new T[count];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = degreeOfParallelism, CancellationToken = cancellationToken };
        Parallel.For(0, count, parallel, index => results[index] = experiment(SeededRandom.Derive(seed, (ulong)index)));
        return results;
    }

    /// <summary>How often an experiment ends with yes.</summary>
    public static BinomialRate Count(int count, ulong seed, int degreeOfParallelism, Func<SeededRandom, bool> experiment) =>
        new(Run(count, seed, degreeOfParallelism, experiment, CancellationToken.None).Count(yes => yes), count);
}
