namespace Aisle.Statistics;

/// <summary>One arm's mean of one metric over its users.</summary>
/// <param name="Count">Users.</param>
/// <param name="Mean">The mean; null without users.</param>
/// <param name="Variance">The variance between users, with n − 1; null below two users.</param>
/// <param name="Scale">What the variance is to be judged against: values far below its rounding count as 0.</param>
public sealed record ArmMean(long Count, double? Mean, double? Variance, double Scale)
{
    private const double RoundingShare = 1e-14;

    /// <summary>An arm whose figures cannot be: a count that is negative or no whole number, or a figure that is no number.</summary>
    public static ArmMean Invalid { get; } = new(-1, null, null, 0);

    /// <summary>From sums, as a warehouse delivers them.</summary>
    public static ArmMean FromSums(double count, double sum, double sumOfSquares)
    {
        if (!IsCount(count) || !double.IsFinite(sum) || !double.IsFinite(sumOfSquares))
        {
            return Invalid;
        }

        if (count < 1)
        {
            return new ArmMean(0, null, null, 0);
        }

        double mean = sum / count;
        double? variance = count < 2 ? null : Math.Max(sumOfSquares - (sum * mean), 0) / (count - 1);
        return new ArmMean((long)count, mean, variance, sumOfSquares / count);
    }

    /// <summary>From sums of whole numbers, such as minor units of money: exact until the last division, so that any order
    /// of summing gives the same bits.</summary>
    public static ArmMean FromExactSums(long count, Int128 sum, Int128 sumOfSquares)
    {
        if (count < 1)
        {
            return new ArmMean(count, null, null, 0);
        }

        // n·Σx² − (Σx)² is whole; only the quotient is rounded.
        double? variance = count < 2 ? null : (double)((count * sumOfSquares) - (sum * sum)) / count / (count - 1);
        return new ArmMean(count, (double)sum / count, variance, (double)sumOfSquares / count);
    }

    /// <summary>From a mean and a variance that somebody else computed.</summary>
    /// <param name="count">Users.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="variance">The variance between users, with n − 1.</param>
    public static ArmMean FromMoments(double count, double mean, double variance)
    {
        if (!IsCount(count) || !double.IsFinite(mean) || !double.IsFinite(variance) || variance < 0)
        {
            return Invalid;
        }

        return new ArmMean((long)count, count < 1 ? null : mean, count < 2 ? null : variance, 0);
    }

    /// <summary>A share of users, with the variance p(1 − p).</summary>
    /// <param name="count">Users.</param>
    /// <param name="conversions">Of them, those who did it; in [0, count].</param>
    public static ArmMean FromProportion(double count, double conversions)
    {
        if (!IsCount(count) || !IsCount(conversions) || conversions > count)
        {
            return Invalid;
        }

        double share = conversions / count;
        return count < 1 ? new ArmMean(0, null, null, 0) : new ArmMean((long)count, share, count < 2 ? null : share * (1 - share), 0);
    }

    /// <summary>From the users' values themselves, in two passes.</summary>
    public static ArmMean FromValues(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            return new ArmMean(0, null, null, 0);
        }

        if (!values.All(double.IsFinite))
        {
            return Invalid;
        }

        double first = values.First();
        if (values.All(value => value == first))
        {
            return new ArmMean(values.Count, first, values.Count < 2 ? null : 0, 0);
        }

        double mean = values.Average();
        double squares = values.Sum(value => (value - mean) * (value - mean));
        return new ArmMean(values.Count, mean, values.Count < 2 ? null : squares / (values.Count - 1), 0);
    }

    /// <summary>Whether the number can count users: whole and not negative.</summary>
    internal static bool IsCount(double count) => double.IsFinite(count) && count >= 0 && count == Math.Floor(count) && count <= long.MaxValue / 2;

    /// <summary>Whether every figure is a finite number.</summary>
    public bool IsValid => Count >= 0 && double.IsFinite(Mean ?? 0) && double.IsFinite(Variance ?? 0);

    /// <summary>The variance of the mean; 0 when it is nothing but rounding; null below two users.</summary>
    public double? VarianceOfMean => Variance is not { } variance ? null : variance <= RoundingShare * Scale ? 0 : variance / Count;
}
