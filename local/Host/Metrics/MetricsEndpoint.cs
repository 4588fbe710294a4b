using System.Text;
using Aisle.Http;

namespace Aisle.Host.Metrics;

/// <summary><c>GET /metrics</c>: everything that the functions count, in the text format of Prometheus.</summary>
internal sealed class MetricsEndpoint : IEndpoint
{
    private readonly MeterRecorder _recorder;

    /// <summary>Lays out the path. A scraper sends an operator's key as its bearer token.</summary>
    public MetricsEndpoint(MeterRecorder recorder, ApiKeys keys, TimeProvider clock)
    {
        _recorder = recorder;
        Routes = new RouteTable(keys, clock).Map(HttpMethods.Get, "metrics", ApiRole.Operator, (context, _) => WriteAsync(context, context.RequestAborted));
    }

    /// <inheritdoc/>
    public RouteTable Routes { get; }

    private async Task WriteAsync(HttpContext context, CancellationToken cancellationToken)
    {
        byte[] text = Encoding.UTF8.GetBytes(_recorder.ToPrometheus());
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        context.Response.ContentLength = text.Length;
        await context.Response.Body.WriteAsync(text, cancellationToken);
    }
}
