namespace Aisle.Sql;

/// <summary>How often one value of a measure was seen: a row of <c>experiment_values</c>.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Value">The value, such as milliseconds or minor units.</param>
/// <param name="Times">How often.</param>
public sealed record MeasuredValues(string Variant, long Value, long Times);
