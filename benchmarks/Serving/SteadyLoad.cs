using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Aisle.Benchmarks.Serving;

/// <summary>Requests at a steady rate whatever the answers take: a server that is late is seen to be late, for time
/// counts from when a request was due.</summary>
/// <param name="url">The server's address.</param>
/// <param name="requests">Complete requests, taken in turn.</param>
/// <param name="rate">Requests per second.</param>
internal sealed class SteadyLoad(Uri url, IReadOnlyList<byte[]> requests, int rate)
{
    private const int Connections = 16;

    /// <summary>Sends until something else is done.</summary>
    /// <exception cref="InvalidOperationException">A request was not answered by 200.</exception>
    public async Task<LoadResult> RunAsync(Task until, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        int next = 0;
        List<double>[] latencies = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => LoopAsync()));
        return LoadResult.From([.. latencies.SelectMany(list => list)], Stopwatch.GetElapsedTime(started));

        async Task<List<double>> LoopAsync()
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, url.Port), cancellationToken);
            RawResponse response = new(socket);
            List<double> milliseconds = [];
            while (!until.IsCompleted)
            {
                int number = Interlocked.Increment(ref next) - 1;
                TimeSpan due = TimeSpan.FromSeconds((double)number / rate);
                TimeSpan early = due - Stopwatch.GetElapsedTime(started);
                if (early > TimeSpan.Zero)
                {
                    await Task.Delay(early, cancellationToken);
                }

                TimeSpan sent = Stopwatch.GetElapsedTime(started);
                await socket.SendAsync(requests[number % requests.Count], SocketFlags.None, cancellationToken);
                if (await response.ReadAsync(cancellationToken) is not 200 and var status)
                {
                    throw new InvalidOperationException($"{url} answered {status}.");
                }

                // A timer that woke late is ours, a connection that was busy is the server's.
                milliseconds.Add((Stopwatch.GetElapsedTime(started) - (early > TimeSpan.Zero ? sent : due)).TotalMilliseconds);
            }

            return milliseconds;
        }
    }
}
