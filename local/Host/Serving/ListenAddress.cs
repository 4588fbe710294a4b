using System.Net;

namespace Aisle.Host.Serving;

/// <summary>Where the host listens.</summary>
/// <param name="Address">The network address; loopback unless the user says otherwise.</param>
/// <param name="Port">The port; 0 takes any free one.</param>
/// <param name="Http2Port">A second port, for HTTP/2 without TLS, as a proxy or a load balancer in front speaks it; null opens none.</param>
internal sealed record ListenAddress(IPAddress Address, int Port, int? Http2Port = null);
