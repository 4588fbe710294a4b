using Aisle.AbReport;
using Aisle.Http;
using Aisle.IngestEvent;
using Aisle.RetrainTrigger;
using Aisle.ScoreUser;

namespace Aisle.Host.Serving;

/// <summary><c>GET /openapi.json</c>: all functions and the host's own paths in one document.</summary>
internal sealed class DescriptionEndpoint : IEndpoint
{
    /// <summary>Maps the path.</summary>
    public DescriptionEndpoint(ApiKeys keys, TimeProvider clock) => Routes = new RouteTable(keys, clock).MapDescription(
        typeof(CollectEventsEndpoint).Assembly, typeof(ScoreUserEndpoint).Assembly, typeof(RetrainTriggerEndpoint).Assembly, typeof(AbReportEndpoint).Assembly,
        typeof(DescriptionEndpoint).Assembly);

    /// <inheritdoc/>
    public RouteTable Routes { get; }
}
