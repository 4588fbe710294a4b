namespace Aisle.Statistics.Calibration;

/// <summary>A metric user by user, as the shop observed it: what calibration and simulated power draw from.</summary>
public sealed class UserMetric
{
    private UserMetric(string name, UserMetricKind kind, IReadOnlyList<double> numerators, IReadOnlyList<double>? denominators)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(numerators);
        if (numerators.Concat(denominators ?? []).Any(value => !double.IsFinite(value)))
        {
            throw new ArgumentException($"A value of {name} is no finite number.", nameof(numerators));
        }

        if (denominators is not null && denominators.Count != numerators.Count)
        {
            throw new ArgumentException($"{name} has {numerators.Count} numerators and {denominators.Count} denominators.", nameof(denominators));
        }

        Name = name;
        Kind = kind;
        Numerators = [.. numerators];
        Denominators = denominators is null ? null : [.. denominators];
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>How users are compared.</summary>
    public UserMetricKind Kind { get; }

    /// <summary>How many users.</summary>
    public int Users => Numerators.Length;

    /// <summary>How many users have a value other than 0.</summary>
    public int UsersWithValue => Enumerable.Range(0, Users).Count(user => Numerators[user] != 0 || (Denominators?[user] ?? 0) != 0);

    internal double[] Numerators { get; }

    internal double[]? Denominators { get; }

    /// <summary>A value for each user, such as revenue; users without any count 0.</summary>
    /// <exception cref="ArgumentException">A value is no finite number.</exception>
    public static UserMetric OfMean(string name, IReadOnlyList<double> values) => new(name, UserMetricKind.Mean, values, null);

    /// <summary>Whether each user did it.</summary>
    /// <param name="name">The metric's name.</param>
    /// <param name="didIt">By user.</param>
    public static UserMetric OfShare(string name, IReadOnlyList<bool> didIt)
    {
        ArgumentNullException.ThrowIfNull(didIt);
        return new UserMetric(name, UserMetricKind.Share, [.. didIt.Select(did => did ? 1.0 : 0)], null);
    }

    /// <summary>A numerator and a denominator for each user, such as clicks and sessions.</summary>
    /// <exception cref="ArgumentException">A value is no finite number, or the lists differ in length.</exception>
    public static UserMetric OfRatio(string name, IReadOnlyList<double> numerators, IReadOnlyList<double> denominators)
    {
        ArgumentNullException.ThrowIfNull(denominators);
        return new UserMetric(name, UserMetricKind.Ratio, numerators, denominators);
    }

    /// <summary>γ = E(e³) ÷ (E e²)^1.5 of the values, or of the linearised users of a ratio; null when nothing varies.</summary>
    /// <remarks>Means of strongly skewed values are not normal before n of about 355·γ² an arm (Kohavi, Deng,
    /// Longbotham and Xu 2014, rule 7).</remarks>
    public double? Skewness()
    {
        double[] residuals = Residuals();
        double squares = residuals.Sum(e => e * e) / Math.Max(Users, 1);
        double cubes = residuals.Sum(e => e * e * e) / Math.Max(Users, 1);
        return squares > 0 ? cubes / Math.Pow(squares, 1.5) : null;
    }

    private double[] Residuals()
    {
        if (Users == 0)
        {
            return [];
        }

        if (Denominators is null)
        {
            double mean = Numerators.Average();
            return [.. Numerators.Select(value => value - mean)];
        }

        double ratio = Numerators.Sum() / Denominators.Sum();
        return double.IsFinite(ratio) ? [.. Numerators.Zip(Denominators, (m, d) => m - (ratio * d))] : [];
    }
}
