namespace Aisle.Local.Sqlite;

/// <summary>A run of messages in somebody's hands for the first time. Kept in memory; the file only knows the run, so that a process that
/// died mid-way is seen to have had them.</summary>
/// <param name="Id">The row that names the run.</param>
/// <param name="First">The first message's id.</param>
/// <param name="Last">The last message's id.</param>
/// <param name="Until">When the lease runs out, microseconds.</param>
internal sealed record FreshLease(long Id, long First, long Last, long Until);
