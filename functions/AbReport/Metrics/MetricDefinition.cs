using Aisle.Sql;

namespace Aisle.AbReport.Metrics;

/// <summary>A metric: what it divides by what, which way is better, and what it is there for.</summary>
/// <param name="Key">Its name in URLs and files: lower-case letters, digits and underscores.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Kind">How it is made, and decided on.</param>
/// <param name="Numerator">The measure on top; of a quantile, the measure of its values.</param>
/// <param name="Denominator">The measure below, of a ratio; null otherwise.</param>
/// <param name="Unit">What it is counted in.</param>
/// <param name="Role">What it is there for.</param>
/// <param name="IsHigherBetter">Whether more is better.</param>
/// <param name="Margin">Of a guardrail, the relative harm that is still acceptable; 0.05 is 5 % of the control.</param>
public sealed record MetricDefinition(
    string Key,
    string Label,
    MetricKind Kind,
    string Numerator,
    string? Denominator,
    MetricUnit Unit,
    MetricRole Role,
    bool IsHigherBetter,
    double Margin)
{
    /// <summary>The measures of its own that the metric needs beside the standard ones.</summary>
    public IReadOnlyList<ExperimentMeasure> Measures { get; init; } = [];

    /// <summary>Of a quantile, whose values and which; null otherwise.</summary>
    public ValueQuantile? Quantile { get; init; }

    /// <summary>Whether it is made of sums over visitors.</summary>
    public bool IsOfSums => Kind is MetricKind.Mean or MetricKind.Proportion or MetricKind.Ratio;
}
