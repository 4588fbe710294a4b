using System.Net;
using System.Net.Sockets;
using Aisle.Benchmarks.Serving;

namespace Aisle.Benchmarks.Ingest;

/// <summary>One sender's connection. As real senders do, it sends again what was not answered, or answered that it should come later, and
/// opens a connection anew that the server closed: the same event id counts once.</summary>
/// <param name="port">Where the collector listens.</param>
internal sealed class EventConnection(int port) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private Socket? _socket;
    private RawResponse? _response;

    /// <summary>Sends one request until it is accepted.</summary>
    /// <returns>How often it had to be sent again.</returns>
    /// <exception cref="InvalidOperationException">The request was refused.</exception>
    public async Task<int> SendAsync(byte[] request, CancellationToken cancellationToken)
    {
        int repeated = 0;
        while (!await TrySendAsync(request, cancellationToken))
        {
            repeated++;
            await Task.Delay(Pause, cancellationToken);
        }

        return repeated;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async Task<bool> TrySendAsync(byte[] request, CancellationToken cancellationToken)
    {
        try
        {
            if (_socket is null)
            {
                _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await _socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
                _response = new RawResponse(_socket);
            }

            await _socket.SendAsync(request, SocketFlags.None, cancellationToken);
            int status = await _response!.ReadAsync(cancellationToken);
            return status switch
            {
                202 => true,
                429 or 503 => false,
                _ => throw new InvalidOperationException($"The collector answered {status}."),
            };
        }
        catch (Exception closed) when (closed is IOException or SocketException)
        {
            Dispose();
            return false;
        }
    }
}
