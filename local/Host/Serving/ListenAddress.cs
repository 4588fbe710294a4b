using System.Net;
using System.Net.Sockets;

namespace Aisle.Host.Serving;

/// <summary>Where the host listens.</summary>
/// <param name="Address">The network address; loopback unless the user says otherwise.</param>
/// <param name="Port">The port; 0 takes any free one.</param>
/// <param name="Http2Port">A second port, for HTTP/2 without TLS, as a proxy or a load balancer in front speaks it; null opens none.</param>
internal sealed record ListenAddress(IPAddress Address, int Port, int? Http2Port = null)
{
    /// <summary>The option and the reason of a port that cannot be listened on now; null when all can be.</summary>
    public (string Option, int Port, string Reason)? Refusal() =>
        RefusalOf("--port", Port) ?? (Http2Port is { } second ? RefusalOf("--http2-port", second) : null);

    private (string Option, int Port, string Reason)? RefusalOf(string option, int port)
    {
        using TcpListener listener = new(Address, port);
        try
        {
            listener.Start();
            return null;
        }
        catch (SocketException refused)
        {
            return (option, port, refused.Message);
        }
    }
}
