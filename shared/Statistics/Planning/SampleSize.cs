namespace Aisle.Statistics.Planning;

/// <summary>How many users an experiment needs, and what it can find with so many: normal approximation, unpooled variances.</summary>
/// <remarks>
/// n of the control = (z₁₋α + z₁₋β)²(s_c² + s_t²/k)/δ² with k = n_t ÷ n_c (Fleiss, Levin and Paik 2003, chapter 4). Power
/// counts the far tail when two-sided. For shares the pooled count of Fleiss and the arcsine count of Cohen (1988) stand beside
/// it. Null figures mean that there is none.
/// </remarks>
public sealed record SampleSize
{
    private const double MostUsers = 1e15; // whole numbers of a double beyond it are not all there

    /// <summary>Whether there is an answer; invalid where more than 10¹⁵ users would be needed.</summary>
    public required ComparisonStatus Status { get; init; }

    /// <summary>Users of the control, not rounded.</summary>
    public double? Control { get; init; }

    /// <summary>Users of the control.</summary>
    public long? ControlUsers { get; init; }

    /// <summary>Users of each treatment.</summary>
    public long? TreatmentUsers { get; init; }

    /// <summary>Users of the control by the pooled count; null for a mean.</summary>
    public double? ControlPooled { get; init; }

    /// <summary>Cohen's h, the distance of the arcsines; null for a mean.</summary>
    public double? CohenH { get; init; }

    /// <summary>Users of the control by the arcsine count; null for a mean.</summary>
    public double? ControlArcsine { get; init; }

    /// <summary>The power with the rounded users.</summary>
    public double? Power { get; init; }

    /// <summary>The smallest difference that the rounded users find with the wanted power.</summary>
    public double? SmallestDifference { get; init; }

    /// <summary>The same over the baseline.</summary>
    public double? SmallestLift { get; init; }

    /// <summary>The power of the delta-method test of the lift with the rounded users, both arms at the control's variance.</summary>
    public double? LiftPower { get; init; }

    /// <summary>Users of all arms.</summary>
    public long? TotalUsers { get; init; }

    /// <summary>Days that the traffic takes; null when no traffic was given.</summary>
    public long? Days { get; init; }

    /// <summary>The same in whole weeks and at least two; null when no traffic was given.</summary>
    public long? WholeWeekDays { get; init; }

    /// <summary>Plans a test of a share.</summary>
    /// <param name="baseline">The control's share, in (0, 1).</param>
    /// <param name="plan">What is to be found, and how surely.</param>
    public static SampleSize OfProportion(double baseline, SampleSizePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        double judged = baseline * (1 + plan.Lift);
        if (!(baseline is > 0 and < 1) || !(judged is > 0 and < 1) || !plan.IsValid)
        {
            return new SampleSize { Status = ComparisonStatus.InvalidInput };
        }

        SampleSize size = Of(baseline, baseline * (1 - baseline), judged * (1 - judged), plan);
        double k = plan.AllocationRatio;
        double a = plan.ErrorQuantile;
        double b = plan.PowerQuantile;
        double whole = (baseline + (k * judged)) / (1 + k);
        double root = (a * Math.Sqrt(whole * (1 - whole) * (1 + (1 / k)))) + (b * Math.Sqrt((baseline * (1 - baseline)) + (judged * (1 - judged) / k)));
        double h = (2 * Math.Asin(Math.Sqrt(judged))) - (2 * Math.Asin(Math.Sqrt(baseline)));
        return size with
        {
            ControlPooled = root * root / ((judged - baseline) * (judged - baseline)),
            CohenH = h,
            ControlArcsine = (a + b) * (a + b) * (1 + (1 / k)) / (h * h),
        };
    }

    /// <summary>Plans a test of a mean or of a linearised ratio.</summary>
    /// <param name="baseline">The control's mean, not 0.</param>
    /// <param name="deviation">The standard deviation between users, positive; times √(1 − ρ²) with variance reduction.</param>
    /// <param name="plan">What is to be found, and how surely.</param>
    public static SampleSize OfMean(double baseline, double deviation, SampleSizePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return !double.IsFinite(baseline) || baseline == 0 || !double.IsFinite(deviation) || !(deviation > 0) || !plan.IsValid
            ? new SampleSize { Status = ComparisonStatus.InvalidInput }
            : Of(baseline, deviation * deviation, deviation * deviation, plan);
    }

    private static SampleSize Of(double baseline, double control, double treatment, SampleSizePlan plan)
    {
        double k = plan.AllocationRatio;
        double sum = plan.ErrorQuantile + plan.PowerQuantile;
        double difference = Math.Abs(baseline) * plan.Lift;
        double variance = control + (treatment / k);
        double count = sum * sum * variance / (difference * difference);
        double users = Math.Ceiling(count);
        double treated = Math.Ceiling(count * k);
        double total = users + ((plan.Arms - 1) * treated);
        if (!(total <= MostUsers))
        {
            return new SampleSize { Status = ComparisonStatus.InvalidInput };
        }

        double error = Math.Sqrt((control / users) + (treatment / treated));
        double lift = Math.Sqrt((control / treated) + (control / users * (1 + plan.Lift) * (1 + plan.Lift))) / Math.Abs(baseline);
        long? days = plan.DailyUsers is { } daily ? (long)Math.Min(Math.Ceiling(total / daily), MostUsers) : null;
        return new SampleSize
        {
            Status = ComparisonStatus.Ok,
            Control = count,
            ControlUsers = (long)users,
            TreatmentUsers = (long)treated,
            Power = plan.PowerOf(difference / error),
            SmallestDifference = sum * error,
            SmallestLift = sum * error / Math.Abs(baseline),
            LiftPower = plan.PowerOf(plan.Lift / lift),
            TotalUsers = (long)total,
            Days = days,
            WholeWeekDays = days is { } needed ? Math.Max(14, (needed + 6) / 7 * 7) : null,
        };
    }
}
