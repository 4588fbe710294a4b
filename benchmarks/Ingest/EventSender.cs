using System.Net;
using System.Net.Sockets;
using Aisle.Benchmarks.Serving;

namespace Aisle.Benchmarks.Ingest;

/// <summary>Sends complete requests over loopback on a fixed number of connections, the next one as soon as one is answered.</summary>
/// <param name="port">Where the collector listens.</param>
/// <param name="connections">How many requests are under way at any time.</param>
internal sealed class EventSender(int port, int connections)
{
    /// <summary>Sends all requests.</summary>
    /// <returns>How many were answered 503 or 429: the server asked to come again later, and they were sent again.</returns>
    /// <exception cref="InvalidOperationException">A request was refused.</exception>
    public async Task<int> SendAsync(byte[][] requests, CancellationToken cancellationToken)
    {
        int next = -1;
        int repeated = 0;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(connections, requests.Length)).Select(_ => LoopAsync()));
        return repeated;

        async Task LoopAsync()
        {
            using Socket socket = await ConnectAsync(cancellationToken);
            RawResponse response = new(socket);
            for (int i; (i = Interlocked.Increment(ref next)) < requests.Length;)
            {
                while (!await SendAsync(socket, response, requests[i], cancellationToken))
                {
                    Interlocked.Increment(ref repeated);
                    await Task.Delay(100, cancellationToken);
                }
            }
        }
    }

    /// <summary>A connection of the caller's own.</summary>
    public async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
        return socket;
    }

    /// <summary>Sends one request.</summary>
    /// <returns>False when the server asks to come again later.</returns>
    public static async Task<bool> SendAsync(Socket socket, RawResponse response, byte[] request, CancellationToken cancellationToken)
    {
        await socket.SendAsync(request, SocketFlags.None, cancellationToken);
        int status = await response.ReadAsync(cancellationToken);
        return status switch
        {
            202 => true,
            429 or 503 => false,
            _ => throw new InvalidOperationException($"The collector answered {status}."),
        };
    }
}
