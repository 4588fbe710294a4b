namespace Aisle.Statistics;

/// <summary>One arm's ratio of two sums over its users, such as clicks over impressions; the user stays the unit of chance.</summary>
/// <param name="Count">Users.</param>
/// <param name="SumNumerator">ΣM.</param>
/// <param name="SumDenominator">ΣD.</param>
/// <param name="SumNumeratorSquared">ΣM².</param>
/// <param name="SumDenominatorSquared">ΣD².</param>
/// <param name="SumProduct">ΣMD.</param>
public sealed record ArmRatio(
    double Count, double SumNumerator, double SumDenominator, double SumNumeratorSquared, double SumDenominatorSquared, double SumProduct)
{
    /// <summary>Whether every figure is a finite number and the count whole.</summary>
    public bool IsValid => ArmMean.IsCount(Count) && double.IsFinite(SumNumerator + SumDenominator + SumNumeratorSquared + SumDenominatorSquared + SumProduct);

    /// <summary>Whether the ratio exists.</summary>
    public bool HasDenominator => SumDenominator != 0;

    /// <summary>The ratio as a mean of linearised users e = (M − R·D) / mean(D), whose variance is that of the ratio.</summary>
    /// <remarks>The delta method: Deng, Knoblich and Lu (2018), equation 5. Users with D = 0 contribute 0.</remarks>
    public ArmMean Linearised()
    {
        if (!IsValid)
        {
            return ArmMean.Invalid;
        }

        if (Count < 1 || !HasDenominator)
        {
            return new ArmMean((long)Count, null, null, 0);
        }

        double ratio = SumNumerator / SumDenominator;
        double mean = SumDenominator / Count;
        double squares = SumNumeratorSquared - (2 * ratio * SumProduct) + (ratio * ratio * SumDenominatorSquared);
        double scale = (SumNumeratorSquared + (ratio * ratio * SumDenominatorSquared)) / (Count * mean * mean);
        double? variance = Count < 2 ? null : Math.Max(squares, 0) / (Count - 1) / (mean * mean);
        return new ArmMean((long)Count, ratio, variance, scale);
    }
}
