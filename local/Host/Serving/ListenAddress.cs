using System.Net;

namespace Aisle.Host.Serving;

/// <summary>Where the host listens.</summary>
/// <param name="Address">The network address; loopback unless the user says otherwise.</param>
/// <param name="Port">The port; 0 takes any free one.</param>
internal sealed record ListenAddress(IPAddress Address, int Port);
