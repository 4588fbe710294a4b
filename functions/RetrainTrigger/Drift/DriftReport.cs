namespace Aisle.RetrainTrigger.Drift;

/// <summary>The last whole day held against the days before it.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="BaselineFrom">The first of the days before.</param>
/// <param name="Slates">How many slates were served on the day.</param>
/// <param name="BaselineSlates">How many on the days before.</param>
/// <param name="Findings">All that was looked at.</param>
public sealed record DriftReport(DateOnly Day, DateOnly BaselineFrom, long Slates, long BaselineSlates, IReadOnlyList<DriftFinding> Findings);
