using System.IO.Hashing;
using System.Text;
using Aisle.Numerics;

namespace Aisle.Local.Sqlite;

/// <summary>How often a message is tried, and how long it waits between two tries.</summary>
public sealed record QueuePolicy
{
    /// <summary>How many deliveries a message gets before it is parked. Default 10; Pub/Sub allows 5 to 100.</summary>
    public int MaxDeliveries { get; init; } = 10;

    /// <summary>The delay after the first failure, before jitter; it doubles with each further one. Default 500 ms.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest delay. Default 10 minutes.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many messages may wait before publishing is refused, so that a worker that stands still does not
    /// fill the disk. Default 2,000,000.</summary>
    public long MaxWaiting { get; init; } = 2_000_000;

    /// <summary>How long a parked message is kept for somebody to look at it. Default 90 days.</summary>
    public TimeSpan ParkedFor { get; init; } = TimeSpan.FromDays(90);

    /// <summary>What the jitter follows from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The delay after a failure: exponential, capped, then a share of it in [½, 1) drawn for this message and attempt, so that
    /// messages that failed together come back apart.</summary>
    /// <param name="messageId">The message.</param>
    /// <param name="attempt">The delivery that failed, from 1.</param>
    public TimeSpan DelayAfter(string messageId, int attempt)
    {
        double grown = FirstDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 40));
        SeededRandom chance = SeededRandom.Derive(Seed, XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{messageId}/{attempt}")));
        return TimeSpan.FromMilliseconds(Math.Min(grown, MaxDelay.TotalMilliseconds) * (0.5 + (0.5 * chance.NextDouble())));
    }
}
