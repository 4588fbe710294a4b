using Aisle.Numerics;

namespace Aisle.Statistics.Planning;

/// <summary>What an experiment is to find, and how surely.</summary>
/// <param name="Lift">The smallest lift worth finding; 0.05 is +5 %. Not 0.</param>
/// <param name="Alpha">The error, in (0, 1).</param>
/// <param name="Power">The chance to find it, in (0, 1).</param>
/// <param name="AllocationRatio">Users of a treatment over users of the control, positive.</param>
/// <param name="IsTwoSided">Whether both directions count.</param>
/// <param name="DailyUsers">New users a day over all arms; null when unknown.</param>
/// <param name="Arms">All arms, the control included; at least 2.</param>
public sealed record SampleSizePlan(
    double Lift, double Alpha, double Power, double AllocationRatio, bool IsTwoSided, double? DailyUsers, int Arms)
{
    /// <summary>Whether the plan can be followed.</summary>
    public bool IsValid => double.IsFinite(Lift) && Lift != 0 && Alpha is > 0 and < 1 && Power is > 0 and < 1 && double.IsFinite(AllocationRatio)
        && AllocationRatio > 0 && DailyUsers is null or > 0 && Arms >= 2;

    /// <summary>z₁₋α, or z₁₋α/₂ when two-sided.</summary>
    internal double ErrorQuantile => Normal.UpperQuantile(IsTwoSided ? Alpha / 2 : Alpha);

    /// <summary>z₁₋β.</summary>
    internal double PowerQuantile => Normal.UpperQuantile(1 - Power);

    /// <summary>The chance to reject when the effect is so many standard errors.</summary>
    internal double PowerOf(double effect) => IsTwoSided
        ? Normal.UpperTail(ErrorQuantile - effect) + Normal.UpperTail(ErrorQuantile + effect)
        : Normal.UpperTail(ErrorQuantile - Math.Abs(effect));
}
