namespace Aisle.Sql;

/// <summary>How many pages took one time to load: a row of <c>experiment_page_loads</c>.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Milliseconds">The time.</param>
/// <param name="Loads">How many pages.</param>
public sealed record PageLoads(string Variant, long Milliseconds, long Loads);
