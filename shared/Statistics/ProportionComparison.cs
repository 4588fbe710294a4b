using Aisle.Numerics;

namespace Aisle.Statistics;

/// <summary>Treatment against control in the share of users who did something.</summary>
/// <remarks>
/// The decision pair is the pooled z test with Newcombe's hybrid Wilson interval (Newcombe 1998, method 10), which exists also
/// where nobody converted. The unpooled test with Wald's interval and the interval of Agresti and Caffo (2000) are
/// supplementary. Null figures mean that there is none.
/// </remarks>
public sealed record ProportionComparison
{
    /// <summary>Whether there is an answer.</summary>
    public required ComparisonStatus Status { get; init; }

    /// <summary>The control's share, in [0, 1].</summary>
    public double? Control { get; init; }

    /// <summary>The treatment's share, in [0, 1].</summary>
    public double? Treatment { get; init; }

    /// <summary>Treatment − control.</summary>
    public double? Difference { get; init; }

    /// <summary>The z statistic with the pooled standard error.</summary>
    public double? PooledStatistic { get; init; }

    /// <summary>Its two-sided p: the test.</summary>
    public double? PooledPValue { get; init; }

    /// <summary>The unpooled standard error of the difference.</summary>
    public double? StandardError { get; init; }

    /// <summary>The z statistic with the unpooled standard error.</summary>
    public double? Statistic { get; init; }

    /// <summary>Its two-sided p.</summary>
    public double? PValue { get; init; }

    /// <summary>Wald's interval; null where the unpooled standard error is 0.</summary>
    public (double Low, double High)? Wald { get; init; }

    /// <summary>Newcombe's hybrid of two Wilson intervals: the interval to show.</summary>
    public (double Low, double High)? Newcombe { get; init; }

    /// <summary>Agresti's and Caffo's interval: Wald's after adding a success and a failure to each arm.</summary>
    public (double Low, double High)? AgrestiCaffo { get; init; }

    /// <summary>Compares shares.</summary>
    /// <param name="controlUsers">Users of the control.</param>
    /// <param name="controlConversions">Of them, those who did it.</param>
    /// <param name="treatmentUsers">Users of the treatment.</param>
    /// <param name="treatmentConversions">Of them, those who did it.</param>
    /// <param name="alpha">The two-sided error, in (0, 1).</param>
    public static ProportionComparison Of(
        double controlUsers, double controlConversions, double treatmentUsers, double treatmentConversions, double alpha)
    {
        if (!IsArm(controlUsers, controlConversions) || !IsArm(treatmentUsers, treatmentConversions))
        {
            return new ProportionComparison { Status = ComparisonStatus.InvalidInput };
        }

        double? p = controlUsers == 0 ? null : controlConversions / controlUsers;
        double? q = treatmentUsers == 0 ? null : treatmentConversions / treatmentUsers;
        if (p is not { } control || q is not { } treatment)
        {
            return new ProportionComparison { Status = ComparisonStatus.NoData, Control = p, Treatment = q };
        }

        double z = Normal.UpperQuantile(alpha / 2);
        double error = Math.Sqrt((control * (1 - control) / controlUsers) + (treatment * (1 - treatment) / treatmentUsers));
        double difference = treatment - control;
        double whole = (controlConversions + treatmentConversions) / (controlUsers + treatmentUsers);
        double pooled = Math.Sqrt(whole * (1 - whole) * ((1 / controlUsers) + (1 / treatmentUsers)));
        return new ProportionComparison
        {
            Status = pooled > 0 ? ComparisonStatus.Ok : ComparisonStatus.ZeroVariance,
            Control = control,
            Treatment = treatment,
            Difference = difference,
            StandardError = error,
            PooledStatistic = pooled > 0 ? difference / pooled : null,
            PooledPValue = pooled > 0 ? Normal.TwoSidedTail(Math.Abs(difference / pooled)) : null,
            Statistic = error > 0 ? difference / error : null,
            PValue = error > 0 ? Normal.TwoSidedTail(Math.Abs(difference / error)) : null,
            Wald = error > 0 ? (difference - (z * error), difference + (z * error)) : null,
            Newcombe = Hybrid(controlUsers, control, treatmentUsers, treatment, z),
            AgrestiCaffo = Adjusted(controlUsers, controlConversions, treatmentUsers, treatmentConversions, z),
        };
    }

    private static bool IsArm(double users, double conversions) =>
        ArmMean.IsCount(users) && ArmMean.IsCount(conversions) && conversions <= users;

    private static (double Low, double High) Hybrid(double n, double p, double m, double q, double z)
    {
        (double lowP, double highP) = Wilson(n, p, z);
        (double lowQ, double highQ) = Wilson(m, q, z);
        return (q - p - Math.Sqrt(Square(q - lowQ) + Square(highP - p)), q - p + Math.Sqrt(Square(highQ - q) + Square(p - lowP)));
    }

    // Wilson (1927).
    private static (double Low, double High) Wilson(double n, double p, double z)
    {
        double centre = p + (z * z / (2 * n));
        double spread = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n)));
        double scale = 1 + (z * z / n);
        return (p == 0 ? 0 : (centre - spread) / scale, p == 1 ? 1 : (centre + spread) / scale);
    }

    private static (double Low, double High) Adjusted(double n, double x, double m, double y, double z)
    {
        double p = (x + 1) / (n + 2);
        double q = (y + 1) / (m + 2);
        double spread = z * Math.Sqrt((p * (1 - p) / (n + 2)) + (q * (1 - q) / (m + 2)));
        return (q - p - spread, q - p + spread);
    }

    private static double Square(double value) => value * value;
}
