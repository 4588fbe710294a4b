using Aisle.Numerics;

namespace Aisle.Statistics.Calibration;

/// <summary>What a metric's test does on the shop's own users when nothing was changed: how often it cries wolf,
/// and how its p-values lie.</summary>
/// <remarks>
/// The users are divided again and again by new salts and both halves compared (an A/A test; Kohavi, Tang and Xu 2020, chapter 19). A test
/// that keeps its promise rejects in α of the splits and has p-values that lie evenly. Few buyers give few possible p-values: then they
/// cannot lie evenly, though the error may be kept. Cost: splits × users, one pass of products each.
/// </remarks>
/// <param name="Metric">The metric's name.</param>
/// <param name="Status">Ok, or why no split could be judged.</param>
/// <param name="FalsePositives">Rejections among the splits that had an answer.</param>
/// <param name="WithoutAnswer">Splits that had none.</param>
/// <param name="Histogram">How many p-values lie in each twentieth of [0, 1].</param>
/// <param name="UniformityPValue">Pearson's test that they lie evenly; null without an answer.</param>
/// <param name="KeepsItsError">Whether the rate of rejections is what was promised, within chance.</param>
/// <param name="IsUniform">Whether the p-values lie evenly, within chance.</param>
public sealed record AaCalibration(
    string Metric,
    ComparisonStatus Status,
    BinomialRate FalsePositives,
    int WithoutAnswer,
    IReadOnlyList<int> Histogram,
    double? UniformityPValue,
    bool KeepsItsError,
    bool IsUniform)
{
    /// <summary>Bars of the histogram.</summary>
    public const int Bars = 20;

    /// <summary>Calibrates metrics over the same users.</summary>
    /// <param name="metrics">Values by user, the same users in the same order.</param>
    /// <param name="split">Divides them.</param>
    /// <param name="options">How often.</param>
    /// <returns>In the order of the metrics.</returns>
    /// <exception cref="ArgumentException">The metrics have different numbers of users.</exception>
    public static IReadOnlyList<AaCalibration> Of(IReadOnlyList<UserMetric> metrics, SplitUsers split, AaOptions options)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Splits);
        if (metrics.Count == 0)
        {
            return [];
        }

        int users = metrics[0].Users;
        if (metrics.FirstOrDefault(metric => metric.Users != users) is { } other)
        {
            throw new ArgumentException($"{metrics[0].Name} has {users} users and {other.Name} has {other.Users}; all metrics need the "
                + "same users.", nameof(metrics));
        }

        SplitSums[] sums = [.. metrics.Select(metric => new SplitSums(metric))];
        double?[][] values = new double?[options.Splits][];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.DegreeOfParallelism };
        Parallel.For(0, options.Splits, parallel, () => (new bool[users], new double[users]), (salt, _, scratch) =>
        {
            (bool[] isTreatment, double[] mask) = scratch;
            split(salt, isTreatment);
            for (int user = 0; user < users; user++)
            {
                mask[user] = isTreatment[user] ? 1 : 0;
            }

            values[salt] = [.. sums.Select(metric => metric.PValue(mask))];
            return scratch;
        }, _ => { });
        return [.. metrics.Index().Select(metric => Of(metric.Item.Name, users, [.. values.Select(salt => salt[metric.Index])], options))];
    }

    private static AaCalibration Of(string name, int users, double?[] values, AaOptions options)
    {
        int[] histogram = new int[Bars];
        foreach (double? value in values)
        {
            if (value is { } p)
            {
                histogram[Math.Min((int)(p * Bars), Bars - 1)]++;
            }
        }

        int answered = histogram.Sum();
        BinomialRate rate = new(values.Count(value => value <= options.Alpha), answered);
        if (answered == 0)
        {
            return new AaCalibration(
                name, users < 4 ? ComparisonStatus.InsufficientData : ComparisonStatus.ZeroVariance, rate, values.Length, histogram, null, false, false);
        }

        double expected = (double)answered / Bars;
        double uniformity = IncompleteGamma.ChiSquareUpperTail(histogram.Sum(count => (count - expected) * (count - expected) / expected), Bars - 1);
        (double low, double high) = rate.Interval(options.Suspicion)!.Value;
        return new AaCalibration(
            name, ComparisonStatus.Ok, rate, values.Length - answered, histogram, uniformity,
            low <= options.Alpha && options.Alpha <= high, uniformity >= options.Suspicion);
    }
}
