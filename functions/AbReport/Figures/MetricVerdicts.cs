using Aisle.AbReport.Metrics;
using Aisle.Statistics;

namespace Aisle.AbReport.Figures;

/// <summary>What a metric's figures mean.</summary>
internal static class MetricVerdicts
{
    /// <summary>The verdict of one metric of one variant.</summary>
    /// <param name="result">The figures.</param>
    /// <param name="isInvalid">Whether the experiment's data cannot be judged at all.</param>
    /// <param name="decides">Whether time enough has passed.</param>
    /// <param name="oneSidedLevel">The one-sided error at this look, for guardrails.</param>
    public static MetricVerdict Of(MetricResult result, bool isInvalid, bool decides, double oneSidedLevel) => result switch
    {
        _ when isInvalid => MetricVerdict.NoAnswer,
        { Comparison.Status: not ComparisonStatus.Ok } => MetricVerdict.NoAnswer,
        _ when !decides => MetricVerdict.KeepRunning,
        { Definition.Role: MetricRole.Guardrail } => OfGuardrail(result.Guardrail, oneSidedLevel),
        _ => OfPair(result),
    };

    private static MetricVerdict OfGuardrail(NonInferiority? guardrail, double level) => guardrail switch
    {
        { InferiorPValue: { } harm } when harm <= level => MetricVerdict.Harmed,
        { ContrastPValue: { } within } when within <= level => MetricVerdict.Unharmed,
        { Status: ComparisonStatus.Ok } => MetricVerdict.KeepRunning,
        _ => MetricVerdict.NoAnswer,
    };

    // Significant needs p and interval to say so; where they disagree, neither is believed.
    private static MetricVerdict OfPair(MetricResult result)
    {
        ArmComparison figures = result.Comparison;
        bool rejects = figures.PValue <= result.Level;
        bool excludes = figures.Low > 0 || figures.High < 0;
        return (rejects, excludes) switch
        {
            (true, true) => figures.Difference > 0 ? MetricVerdict.Higher : MetricVerdict.Lower,
            (false, false) => MetricVerdict.KeepRunning,
            _ => MetricVerdict.Borderline,
        };
    }
}
