namespace Aisle.Local.Sqlite;

/// <summary>What came of putting parked messages back or throwing them away.</summary>
/// <param name="Count">How many there were; 0 when some are unknown, for then nothing is changed.</param>
/// <param name="Unknown">The ids that were named and under which nothing is parked.</param>
public readonly record struct ParkedChange(int Count, IReadOnlyList<string> Unknown);
