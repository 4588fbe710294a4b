namespace Aisle.Sql;

/// <summary>How many visitors of one bucket were logged with one variant: a row of <c>experiment_assignments</c>.</summary>
/// <param name="Variant">The variant that was logged.</param>
/// <param name="Bucket">The bucket that the salt gives these visitors, in [0, 10,000).</param>
/// <param name="Visitors">How many.</param>
public sealed record LoggedAssignments(string Variant, long Bucket, long Visitors);
