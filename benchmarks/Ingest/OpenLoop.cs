using System.Diagnostics;

namespace Aisle.Benchmarks.Ingest;

/// <summary>Events at a fixed rate, one a request, whatever the answers take: the time of an event is when it was due, so that a server
/// that is late is seen to be late.</summary>
/// <param name="port">Where the collector listens.</param>
/// <param name="bodies">What.</param>
/// <param name="eventsPerSecond">How fast.</param>
internal sealed class OpenLoop(int port, EventBodies bodies, int eventsPerSecond)
{
    private const int Connections = 32;

    private int _next;

    /// <summary>How many events were sent so far.</summary>
    public int Sent => Volatile.Read(ref _next);

    /// <summary>Sends for a while; the time of the first event is now.</summary>
    public async Task RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        int first = _next;
        int end = first + (int)(duration.TotalSeconds * eventsPerSecond);
        long started = Stopwatch.GetTimestamp();
        DateTimeOffset beginning = TimeProvider.System.GetUtcNow();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => LoopAsync()));

        async Task LoopAsync()
        {
            using EventConnection connection = new(port);
            for (int number; (number = Interlocked.Increment(ref _next) - 1) < end;)
            {
                TimeSpan due = TimeSpan.FromSeconds((number - first) / (double)eventsPerSecond);
                TimeSpan early = due - Stopwatch.GetElapsedTime(started);
                if (early > TimeSpan.Zero)
                {
                    await Task.Delay(early, cancellationToken);
                }

                await connection.SendAsync(bodies.Request(number, 1, beginning + due), cancellationToken);
            }

            Interlocked.Decrement(ref _next);
        }
    }
}
