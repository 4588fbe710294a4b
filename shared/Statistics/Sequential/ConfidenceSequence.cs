using Aisle.Numerics;

namespace Aisle.Statistics.Sequential;

/// <summary>An interval that holds at all looks together: it may be watched every day.</summary>
/// <remarks>
/// Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), the asymptotic confidence sequence. It is narrowest at the number of users it
/// was tuned for, which is to be fixed beforehand. Null figures mean that there is none.
/// </remarks>
public sealed record ConfidenceSequence
{
    /// <summary>Whether there is an answer.</summary>
    public required ComparisonStatus Status { get; init; }

    /// <summary>The tuning parameter that the planned number of users gives.</summary>
    public double? Rho { get; init; }

    /// <summary>Half of the two-sided interval's width.</summary>
    public double? HalfWidth { get; init; }

    /// <summary>The lower end of a two-sided sequence, or the lower bound of a one-sided one.</summary>
    public double? Low { get; init; }

    /// <summary>The upper end of a two-sided sequence, or the upper bound of a one-sided one.</summary>
    public double? High { get; init; }

    /// <summary>The always-valid two-sided p; null for one-sided sequences.</summary>
    public double? PValue { get; init; }

    /// <summary>The width as a multiple of that of the interval for a single look.</summary>
    public double? WidthRatio { get; init; }

    /// <summary>The sequence at one look.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="error">Its standard error.</param>
    /// <param name="users">Users of both arms so far.</param>
    /// <param name="alpha">The error over all looks, in (0, 1).</param>
    /// <param name="tunedFor">Users of both arms at which it is to be narrowest.</param>
    /// <param name="isTwoSided">Whether both directions matter; else each bound alone holds with 1 − α.</param>
    public static ConfidenceSequence At(double estimate, double error, double users, double alpha, double tunedFor, bool isTwoSided)
    {
        if (!double.IsFinite(estimate) || !double.IsFinite(error) || error < 0 || !double.IsFinite(users) || users < 0 || !(tunedFor > 0))
        {
            return new ConfidenceSequence { Status = ComparisonStatus.InvalidInput };
        }

        if (users == 0)
        {
            return new ConfidenceSequence { Status = ComparisonStatus.NoData };
        }

        if (error == 0)
        {
            return new ConfidenceSequence { Status = ComparisonStatus.ZeroVariance };
        }

        return isTwoSided ? TwoSided(estimate, error, users, alpha, tunedFor) : OneSided(estimate, error, users, alpha, tunedFor);
    }

    private static double RhoOf(double alpha, double tunedFor) =>
        Math.Sqrt(((-2 * Math.Log(alpha)) + Math.Log((-2 * Math.Log(alpha)) + 1)) / tunedFor);

    private static ConfidenceSequence TwoSided(double estimate, double error, double users, double alpha, double tunedFor)
    {
        double rho = RhoOf(alpha, tunedFor);
        double mass = users * rho * rho;
        double half = error * Math.Sqrt((mass + 1) / mass * Math.Log((mass + 1) / (alpha * alpha)));
        double statistic = estimate / error;
        double log = (0.5 * Math.Log(mass + 1)) - (mass * statistic * statistic / (2 * (mass + 1)));
        return new ConfidenceSequence
        {
            Status = ComparisonStatus.Ok,
            Rho = rho,
            HalfWidth = half,
            Low = estimate - half,
            High = estimate + half,
            PValue = Math.Min(1, Math.Exp(log)),
            WidthRatio = half / (error * Normal.UpperQuantile(alpha / 2)),
        };
    }

    private static ConfidenceSequence OneSided(double estimate, double error, double users, double alpha, double tunedFor)
    {
        double rho = RhoOf(2 * alpha, tunedFor);
        double mass = users * rho * rho;
        double half = error * Math.Sqrt(2 * (mass + 1) / mass * double.LogP1(Math.Sqrt(mass + 1) / (2 * alpha)));
        return new ConfidenceSequence
        {
            Status = ComparisonStatus.Ok,
            Rho = rho,
            HalfWidth = half,
            Low = estimate - half,
            High = estimate + half,
            WidthRatio = half / (error * Normal.UpperQuantile(alpha)),
        };
    }
}
