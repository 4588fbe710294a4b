namespace Aisle.Local.Workspaces;

/// <summary>What time it is in a workspace: now by default; after an import of old data the newest event's time, moving on
/// from there while the process runs.</summary>
/// <param name="wall">The real clock.</param>
/// <param name="asOf">Where the workspace stands; null for now.</param>
public sealed class WorkspaceClock(TimeProvider wall, DateTimeOffset? asOf) : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset? _asOf = asOf;
    private long _since = wall.GetTimestamp();

    /// <summary>Moves the workspace to another instant; null brings it back to now.</summary>
    public void MoveTo(DateTimeOffset? asOf)
    {
        lock (_lock)
        {
            _asOf = asOf;
            _since = wall.GetTimestamp();
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _asOf is { } start ? start + wall.GetElapsedTime(_since) : wall.GetUtcNow();
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => wall.GetTimestamp();

    /// <inheritdoc/>
    public override long TimestampFrequency => wall.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        wall.CreateTimer(callback, state, dueTime, period);
}
