namespace Aisle.Sql;

/// <summary>What one day added to one statistics bucket of a variant: a row of <c>experiment_days</c>.</summary>
/// <param name="Day">Whole days from the start; 0 is the first.</param>
/// <param name="Variant">The variant.</param>
/// <param name="Bucket">The statistics bucket.</param>
/// <param name="Visitors">Exposed on that day for the first time.</param>
/// <param name="RevenueMinor">Net revenue of that day, minor units, of all visitors exposed so far.</param>
public sealed record ExperimentDay(long Day, string Variant, long Bucket, long Visitors, long RevenueMinor);
