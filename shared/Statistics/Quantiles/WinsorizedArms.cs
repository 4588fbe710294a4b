namespace Aisle.Statistics.Quantiles;

/// <summary>Both arms with their extreme users capped at the same value, so that a few large orders do not decide.</summary>
/// <remarks>The cap is a quantile of both arms together, never of one: capping each arm at its own would hide the effect. It estimates the
/// mean of capped values; report it beside the raw one.</remarks>
/// <param name="Status">Whether there is an answer.</param>
/// <param name="Upper">The upper cap; null without one.</param>
/// <param name="Lower">The lower cap, for users with a net refund; null without one.</param>
/// <param name="Control">The control, capped; null without an answer.</param>
/// <param name="Treatment">The treatment, capped; null without an answer.</param>
public sealed record WinsorizedArms(ComparisonStatus Status, double? Upper, double? Lower, CappedArm? Control, CappedArm? Treatment)
{
    /// <summary>Caps at quantiles of both arms together.</summary>
    /// <param name="control">The control's users.</param>
    /// <param name="treatment">The treatment's users.</param>
    /// <param name="upper">The upper quantile, in (0, 1]; null for no upper cap.</param>
    /// <param name="lower">The lower quantile, in [0, 1); null for no lower cap.</param>
    /// <param name="ignoresZeros">Whether users at exactly 0 are left out of the quantiles.</param>
    public static WinsorizedArms AtQuantiles(
        IReadOnlyList<double> control, IReadOnlyList<double> treatment, double? upper, double? lower, bool ignoresZeros)
    {
        if (Refusal(control, treatment) is { } refused)
        {
            return refused;
        }

        double[] pooled = [.. control.Concat(treatment).Where(value => !ignoresZeros || value != 0).Order()];
        return pooled.Length == 0
            ? new WinsorizedArms(ComparisonStatus.NoData, null, null, null, null)
            : Capped(control, treatment, upper is { } u ? Percentile.Linear(pooled, u) : null, lower is { } l ? Percentile.Linear(pooled, l) : null);
    }

    /// <summary>Caps at a value fixed beforehand.</summary>
    /// <param name="control">The control's users.</param>
    /// <param name="treatment">The treatment's users.</param>
    /// <param name="cap">The highest value that counts.</param>
    public static WinsorizedArms AtValue(IReadOnlyList<double> control, IReadOnlyList<double> treatment, double cap) =>
        !double.IsFinite(cap)
            ? new WinsorizedArms(ComparisonStatus.InvalidInput, null, null, null, null)
            : Refusal(control, treatment) ?? Capped(control, treatment, cap, null);

    private static WinsorizedArms? Refusal(IReadOnlyList<double> control, IReadOnlyList<double> treatment)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        if (!control.All(double.IsFinite) || !treatment.All(double.IsFinite))
        {
            return new WinsorizedArms(ComparisonStatus.InvalidInput, null, null, null, null);
        }

        return control.Count == 0 && treatment.Count == 0 ? new WinsorizedArms(ComparisonStatus.NoData, null, null, null, null) : null;
    }

    private static WinsorizedArms Capped(IReadOnlyList<double> control, IReadOnlyList<double> treatment, double? upper, double? lower) =>
        new(ComparisonStatus.Ok, upper, lower, Arm(control, upper, lower), Arm(treatment, upper, lower));

    private static CappedArm Arm(IReadOnlyList<double> values, double? upper, double? lower)
    {
        double sum = 0;
        double squares = 0;
        long changed = 0;
        foreach (double value in values)
        {
            double capped = Math.Max(Math.Min(value, upper ?? double.PositiveInfinity), lower ?? double.NegativeInfinity);
            sum += capped;
            squares += capped * capped;
            changed += capped != value ? 1 : 0;
        }

        return new CappedArm(values.Count, sum, squares, changed);
    }
}
