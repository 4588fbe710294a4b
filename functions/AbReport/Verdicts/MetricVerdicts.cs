using Aisle.AbReport.Metrics;
using Aisle.AbReport.Results;
using Aisle.Statistics;

namespace Aisle.AbReport.Verdicts;

/// <summary>What a metric's figures mean: p and interval must say it both, and where they disagree neither is believed.</summary>
internal static class MetricVerdicts
{
    /// <summary>The verdict of one metric of one variant.</summary>
    /// <param name="result">The figures.</param>
    /// <param name="isInvalid">Whether the experiment's data cannot be judged at all.</param>
    /// <param name="decides">Whether time enough has passed.</param>
    public static MetricVerdict Of(MetricResult result, bool isInvalid, bool decides) => result switch
    {
        _ when isInvalid => MetricVerdict.NoAnswer,
        { Comparison.Status: not ComparisonStatus.Ok } => MetricVerdict.NoAnswer,
        _ when !decides => MetricVerdict.KeepRunning,
        { Definition.Role: MetricRole.Guardrail } => OfGuardrail(result),
        _ => OfPair(result),
    };

    // What is worse but shown to stay within the margin is a harm that was accepted beforehand. Fieller's interval at twice
    // the one-sided level is dual to the contrast.
    private static MetricVerdict OfGuardrail(MetricResult result)
    {
        if (result.Guardrail is not { Status: ComparisonStatus.Ok } guardrail)
        {
            return MetricVerdict.NoAnswer;
        }

        ArmComparison figures = result.Comparison;
        bool isHigherBetter = result.Definition.IsHigherBetter;
        bool isWithin = isHigherBetter ? figures.LiftLow > result.MarginLift : figures.LiftHigh < result.MarginLift;
        bool isWorse = isHigherBetter ? figures.High < 0 : figures.Low > 0;
        return (guardrail.ContrastPValue <= result.NeededPValue, isWithin, guardrail.InferiorPValue <= result.NeededPValue, isWorse) switch
        {
            (true, true, _, _) => MetricVerdict.Unharmed,
            (false, false, true, true) => MetricVerdict.Harmed,
            (false, false, false, false) => MetricVerdict.KeepRunning,
            _ => MetricVerdict.Borderline,
        };
    }

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
