namespace Aisle.Local.Sqlite;

/// <summary>Notices without a timer that the reads of a file hang: some are under way, and none has ended for a while.</summary>
internal sealed class StallWatch
{
    /// <summary>A hundred times what a read takes, half of what a slate waits for a store.</summary>
    private const long PatienceMs = 10;

    private int _underWay;
    private long _lastMoveMs;

    /// <summary>Whether the next read is likely to hang as well.</summary>
    public bool IsStalled => Volatile.Read(ref _underWay) > 0 && Environment.TickCount64 - Volatile.Read(ref _lastMoveMs) > PatienceMs;

    /// <summary>A read begins; call <see cref="End"/> when it ended, well or not.</summary>
    public void Begin()
    {
        if (Interlocked.Increment(ref _underWay) == 1)
        {
            Volatile.Write(ref _lastMoveMs, Environment.TickCount64);
        }
    }

    /// <summary>A read ended.</summary>
    public void End()
    {
        Volatile.Write(ref _lastMoveMs, Environment.TickCount64);
        Interlocked.Decrement(ref _underWay);
    }
}
