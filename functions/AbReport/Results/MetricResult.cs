using Aisle.AbReport.Metrics;
using Aisle.Statistics;
using Aisle.Statistics.Adjustment;

namespace Aisle.AbReport.Results;

/// <summary>One metric of one variant against the control.</summary>
/// <param name="Definition">What is measured.</param>
/// <param name="Unit">What it is counted in, such as <c>EUR</c> or <c>share</c>.</param>
/// <param name="Variant">The variant that is judged.</param>
/// <param name="Comparison">The decision pair: p, and the interval at <see cref="Level"/>.</param>
/// <param name="Verdict">What it means.</param>
public sealed record MetricResult(MetricDefinition Definition, string Unit, string Variant, ArmComparison Comparison, MetricVerdict Verdict)
{
    /// <summary>Its name, such as <c>revenue_per_user</c>.</summary>
    public string Metric => Definition.Key;

    /// <summary>What p must not exceed at this look and rank: the error after the correction for looks and for the
    /// family. The interval is at 1 − this.</summary>
    public required double Level { get; init; }

    /// <summary>The p that decides: of the pair; of a guardrail, of the one-sided test that it is worse by its
    /// margin. Null without an answer.</summary>
    public double? DecidingPValue => Definition.Role == MetricRole.Guardrail ? Guardrail?.ContrastPValue : Comparison.PValue;

    /// <summary>What the deciding p must not exceed: the level; of a guardrail, which is tested on one side, half of it.</summary>
    public double NeededPValue => Definition.Role == MetricRole.Guardrail ? Level / 2 : Level;

    /// <summary>Of a guardrail, the lift at which the harm is as large as its margin; null otherwise.</summary>
    public double? MarginLift => Definition.Role != MetricRole.Guardrail ? null : Definition.IsHigherBetter ? -Definition.Margin : Definition.Margin;

    /// <summary>p adjusted for the family of goals, without the correction for looks; null outside the family.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>Supplementary: the delta method's interval of the lift at the plain error.</summary>
    public (double Low, double High)? DeltaLift { get; init; }

    /// <summary>Supplementary: the chance that the variant is better, from a flat prior.</summary>
    public double? ChanceToWin { get; init; }

    /// <summary>Supplementary: the same difference with the variance reduced by the time before the exposure;
    /// null where there is none.</summary>
    public CupedComparison? Cuped { get; init; }

    /// <summary>Supplementary: revenue with the largest visitors capped; null for other metrics.</summary>
    public WinsorizedResult? Winsorized { get; init; }

    /// <summary>Of a guardrail: the test against its margin; null otherwise.</summary>
    public NonInferiority? Guardrail { get; init; }

    /// <summary>The chance to have found <see cref="AbReportOptions.SmallestLift"/> with the visitors so far;
    /// null without variance.</summary>
    public double? Power { get; init; }

    /// <summary>The smallest lift that so many visitors find with 80 % power; null without variance.</summary>
    public double? SmallestLift { get; init; }
}
