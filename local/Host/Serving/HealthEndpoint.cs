using Aisle.Http;

namespace Aisle.Host.Serving;

/// <summary><c>GET /healthz</c> and <c>GET /readyz</c> of the whole program, which is ready when each of its functions is.</summary>
internal sealed class HealthEndpoint : IEndpoint
{
    /// <summary>Maps the paths.</summary>
    /// <param name="functions">Asked in turn; the first that is not ready says why.</param>
    /// <param name="keys">The keys of the paths; these need none.</param>
    /// <param name="clock">What answers are timed by.</param>
    public HealthEndpoint(IReadOnlyList<IEndpoint> functions, ApiKeys keys, TimeProvider clock) => Routes = new RouteTable(keys, clock).MapHealth(async cancellationToken =>
    {
        foreach (IEndpoint function in functions)
        {
            if (await function.Routes.WhyNotReadyAsync(cancellationToken) is { } reason)
            {
                return reason;
            }
        }

        return null;
    });

    /// <inheritdoc/>
    public RouteTable Routes { get; }
}
