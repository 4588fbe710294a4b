namespace Aisle.Benchmarks.Ingest;

/// <summary>Sends complete requests over loopback on a fixed number of connections, the next one as soon as one is answered.</summary>
/// <param name="port">Where the collector listens.</param>
/// <param name="connections">How many requests are under way at any time.</param>
internal sealed class EventSender(int port, int connections)
{
    /// <summary>Sends all requests.</summary>
    /// <returns>How many had to be sent again.</returns>
    /// <exception cref="InvalidOperationException">A request was refused.</exception>
    public async Task<int> SendAsync(byte[][] requests, CancellationToken cancellationToken)
    {
        int next = -1;
        int repeated = 0;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(connections, requests.Length)).Select(_ => LoopAsync()));
        return repeated;

        async Task LoopAsync()
        {
            using EventConnection connection = new(port);
            for (int i; (i = Interlocked.Increment(ref next)) < requests.Length;)
            {
                Interlocked.Add(ref repeated, await connection.SendAsync(requests[i], cancellationToken));
            }
        }
    }
}
