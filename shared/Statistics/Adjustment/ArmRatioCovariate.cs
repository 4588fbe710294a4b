namespace Aisle.Statistics.Adjustment;

/// <summary>One arm's sums of a ratio metric after exposure, M ÷ D, and of the same users' ratio before it, P ÷ Q.</summary>
/// <param name="Count">Users.</param>
/// <param name="After">Sums of M and D.</param>
/// <param name="Before">Sums of P and Q.</param>
/// <param name="SumMP">ΣMP.</param>
/// <param name="SumMQ">ΣMQ.</param>
/// <param name="SumDP">ΣDP.</param>
/// <param name="SumDQ">ΣDQ.</param>
public sealed record ArmRatioCovariate(double Count, ArmRatio After, ArmRatio Before, double SumMP, double SumMQ, double SumDP, double SumDQ)
{
    /// <summary>Whether every figure is a finite number and the count whole.</summary>
    public bool IsValid => ArmMean.IsCount(Count) && After.IsValid && Before.IsValid && double.IsFinite(SumMP + SumMQ + SumDP + SumDQ);

    /// <summary>Whether both ratios exist.</summary>
    public bool HasDenominators => After.HasDenominator && Before.HasDenominator;

    /// <summary>The ratios as means of linearised users.</summary>
    internal LinearisedRatio Linearised()
    {
        ArmMean after = After.Linearised();
        ArmMean before = Before.Linearised();
        double r = after.Mean!.Value;
        double b = before.Mean!.Value;
        double together = SumMP - (b * SumMQ) - (r * SumDP) + (r * b * SumDQ);
        double covariance = together / (Count - 1) / (After.SumDenominator / Count) / (Before.SumDenominator / Count);
        return new LinearisedRatio((long)Count, r, b, after.Variance!.Value, before.Variance!.Value, covariance, after.Scale);
    }
}
