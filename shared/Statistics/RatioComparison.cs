namespace Aisle.Statistics;

/// <summary>Treatment against control in a ratio of two sums over users, such as clicks over sessions.</summary>
/// <remarks>The decision pair is Welch's test of the linearised users (<see cref="Test"/>); the normal p and
/// interval are supplementary.</remarks>
/// <param name="Test">The decision pair, with the ratios.</param>
/// <param name="VarianceControl">The variance between the control's linearised users; null where there is none.</param>
/// <param name="VarianceTreatment">The variance between the treatment's linearised users.</param>
/// <param name="ErrorControl">The standard error of the control's ratio.</param>
/// <param name="ErrorTreatment">The standard error of the treatment's ratio.</param>
/// <param name="NormalPValue">Two-sided, with the normal tail.</param>
/// <param name="Normal">The interval with the normal quantile.</param>
public sealed record RatioComparison(
    ArmComparison Test,
    double? VarianceControl,
    double? VarianceTreatment,
    double? ErrorControl,
    double? ErrorTreatment,
    double? NormalPValue,
    (double Low, double High)? Normal)
{
    /// <summary>Whether there is an answer.</summary>
    public ComparisonStatus Status => Test.Status;

    /// <summary>Compares ratios.</summary>
    /// <param name="control">The baseline.</param>
    /// <param name="treatment">The arm that is judged.</param>
    /// <param name="alpha">The two-sided error, in (0, 1).</param>
    public static RatioComparison Of(ArmRatio control, ArmRatio treatment, double alpha)
    {
        ArmComparison test = ArmComparison.OfRatios(control, treatment, alpha);
        if (test.Status is not (ComparisonStatus.Ok or ComparisonStatus.ZeroVariance))
        {
            return new RatioComparison(test, null, null, null, null, null, null);
        }

        ArmMean baseline = control.Linearised();
        ArmMean judged = treatment.Linearised();
        RatioComparison comparison = new(
            test, Cleared(baseline), Cleared(judged), Error(baseline), Error(judged), null, null);
        if (test is not { Status: ComparisonStatus.Ok, StandardError: { } error, Difference: { } difference })
        {
            return comparison;
        }

        double z = Numerics.Normal.UpperQuantile(alpha / 2);
        return comparison with
        {
            NormalPValue = Numerics.Normal.TwoSidedTail(Math.Abs(difference / error)),
            Normal = (difference - (z * error), difference + (z * error)),
        };
    }

    private static double? Cleared(ArmMean arm) => arm.VarianceOfMean * arm.Count;

    private static double? Error(ArmMean arm) => arm.VarianceOfMean is { } variance ? Math.Sqrt(variance) : null;
}
