namespace Aisle.Host.FirstStart;

/// <summary>A clock that stands where the replayed past stands, so that the collector takes events of that time as fresh.</summary>
internal sealed class ReplayClock : TimeProvider
{
    private DateTimeOffset _now;

    /// <summary>Moves the clock on.</summary>
    public void MoveTo(DateTimeOffset now) => _now = now;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _now;
}
