namespace Aisle.RetrainVictim;

/// <summary>A clock that stands: each process of the kill test has its own moment.</summary>
/// <param name="now">Where it stands.</param>
public sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => now;
}
