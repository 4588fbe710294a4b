using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Aisle.Benchmarks.Serving;

/// <summary>Sends requests over loopback as fast as they are answered: a closed loop on each of a fixed number of connections.</summary>
/// <param name="url">The server's address.</param>
/// <param name="connections">How many requests are under way at any time.</param>
internal sealed class LoadGenerator(Uri url, int connections)
{
    /// <summary>The server's address.</summary>
    public Uri Url => url;

    /// <summary>Loads the server for a while.</summary>
    /// <param name="requests">Complete requests, taken in turn; each connection begins at another.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="cancellationToken">Stops early.</param>
    /// <exception cref="InvalidOperationException">A request was not answered by 200.</exception>
    public async Task<LoadResult> RunAsync(IReadOnlyList<byte[]> requests, TimeSpan duration, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        IEnumerable<Task<List<double>>> loops = Enumerable.Range(0, connections)
            .Select(i => LoopAsync(requests, i * requests.Count / connections, started, duration, cancellationToken));
        List<double>[] latencies = await Task.WhenAll(loops);
        return LoadResult.From([.. latencies.SelectMany(list => list)], Stopwatch.GetElapsedTime(started));
    }

    /// <summary>A GET as bytes.</summary>
    public static byte[] Get(Uri url, string path, string key) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: {url.Authority}\r\nX-Api-Key: {key}\r\nAccept: application/json\r\n\r\n");

    private async Task<List<double>> LoopAsync(
        IReadOnlyList<byte[]> requests, int first, long started, TimeSpan duration, CancellationToken cancellationToken)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, url.Port), cancellationToken);
        RawResponse response = new(socket);
        List<double> milliseconds = new(65_536);
        for (int i = first; Stopwatch.GetElapsedTime(started) < duration; i++)
        {
            long sent = Stopwatch.GetTimestamp();
            await socket.SendAsync(requests[i % requests.Count], SocketFlags.None, cancellationToken);
            int status = await response.ReadAsync(cancellationToken);
            if (status != 200)
            {
                throw new InvalidOperationException($"{url} answered {status}.");
            }

            milliseconds.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        return milliseconds;
    }
}
