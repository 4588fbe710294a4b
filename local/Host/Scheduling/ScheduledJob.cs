using Cronos;

namespace Aisle.Host.Scheduling;

/// <summary>Something that is done at set times. Doing it twice does no harm.</summary>
/// <param name="Name">What it is called in the log and in the memory of the schedule.</param>
/// <param name="When">When it is due.</param>
/// <param name="RunAsync">Does it, or sets it going.</param>
internal sealed record ScheduledJob(string Name, CronExpression When, Func<CancellationToken, Task> RunAsync)
{
    /// <summary>Whether a time has come since the last one; of several that were missed only the latest counts,
    /// so that they are caught up once.</summary>
    /// <param name="last">The last time that was served.</param>
    /// <param name="now">Now.</param>
    /// <param name="zone">The zone in which times are read.</param>
    /// <returns>The time to serve now; null when there is none.</returns>
    public DateTimeOffset? DueTime(DateTimeOffset last, DateTimeOffset now, TimeZoneInfo zone) =>
        When.GetPreviousOccurrence(now, zone, inclusive: true) is { } latest && latest > last ? latest : null;
}
