namespace Aisle.GoogleCloud.Tests;

/// <summary>A clock by which nobody waits: each delay is over at once. For adapters that wait between attempts.</summary>
/// <param name="now">What it always says.</param>
internal sealed class ImpatientClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
}
