using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Aisle.Benchmarks.Serving;

/// <summary>Sends requests at a fixed rate, whatever the answers take. A request's time counts from the moment at which it was due, not
/// from when a connection was free for it: a server that stalls is charged for everybody who waited (no coordinated omission).</summary>
/// <remarks>Request i is due at i / rate. A thread hands out what is due about once a millisecond, so up to a millisecond of each
/// latency is the generator's own.</remarks>
/// <param name="url">The server's address.</param>
/// <param name="connections">How many requests may be under way; more wait, and their time runs.</param>
internal sealed class OpenLoopGenerator(Uri url, int connections)
{
    /// <summary>Loads the server for a while.</summary>
    /// <param name="requests">Complete requests with the group that each is counted in, taken in turn.</param>
    /// <param name="perSecond">How many are due each second.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="cancellationToken">Stops early.</param>
    public async Task<OpenLoopResult> RunAsync(IReadOnlyList<(byte[] Bytes, string Group)> requests, int perSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        Channel<(long Due, int Number)> due = Channel.CreateUnbounded<(long, int)>(new UnboundedChannelOptions { SingleWriter = true });
        Task<OpenLoopResult>[] loops = [.. Enumerable.Range(0, connections).Select(_ => LoopAsync(due.Reader, requests, cancellationToken))];
        Thread pacer = new(() => Pace(due.Writer, perSecond, duration, cancellationToken)) { IsBackground = true, Priority = ThreadPriority.AboveNormal };
        pacer.Start();
        return OpenLoopResult.Sum(await Task.WhenAll(loops));
    }

    private static void Pace(ChannelWriter<(long, int)> due, int perSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        int all = (int)(perSecond * duration.TotalSeconds);
        for (int number = 0; number < all && !cancellationToken.IsCancellationRequested;)
        {
            int soFar = (int)Math.Min(all, Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond);
            for (; number < soFar; number++)
            {
                due.TryWrite((started + (long)(number / (double)perSecond * Stopwatch.Frequency), number));
            }

            Thread.Sleep(1);
        }

        due.Complete();
    }

    private async Task<OpenLoopResult> LoopAsync(
        ChannelReader<(long Due, int Number)> due, IReadOnlyList<(byte[] Bytes, string Group)> requests, CancellationToken cancellationToken)
    {
        OpenLoopResult result = new();
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, url.Port), cancellationToken);
        RawResponse response = new(socket);
        await foreach ((long moment, int number) in due.ReadAllAsync(cancellationToken))
        {
            (byte[] bytes, string group) = requests[number % requests.Count];
            await socket.SendAsync(bytes, SocketFlags.None, cancellationToken);
            int status = await response.ReadAsync(cancellationToken);
            result.Add(group, status, Stopwatch.GetElapsedTime(moment).TotalMilliseconds);
        }

        return result;
    }
}
