using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Aisle.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Aisle.Host.Limits;

/// <summary>Holds each network address to <see cref="RequestLimits"/> by a token bucket; what is too much is answered 429 with
/// <c>Retry-After</c>, before a body is read.</summary>
/// <remarks>A request that comes from within the process has no address and no limit. Behind a proxy all shoppers have the proxy's address:
/// let the proxy limit, and set the limits here to 0.</remarks>
internal static class RequestLimiting
{
    private const int BurstSeconds = 2;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly PathString[] CollectorPaths = ["/v1/events", "/v1/identities"];

    /// <summary>Registers the limiter that <c>UseRateLimiter</c> asks.</summary>
    public static IServiceCollection AddRequestLimits(this IServiceCollection services, RequestLimits limits) => services.AddRateLimiter(options =>
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (bool Collects, IPAddress? Address)>(context => PartitionOf(context, limits));
        options.OnRejected = RefuseAsync;
    });

    private static RateLimitPartition<(bool Collects, IPAddress? Address)> PartitionOf(HttpContext context, RequestLimits limits)
    {
        bool collects = Array.Exists(CollectorPaths, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
        IPAddress? address = context.Connection.RemoteIpAddress;
        int perSecond = collects ? limits.CollectorRequestsPerSecond : limits.RequestsPerSecond;
        return address is null || perSecond == 0
            ? RateLimitPartition.GetNoLimiter((collects, (IPAddress?)null))
            : RateLimitPartition.GetTokenBucketLimiter((collects, (IPAddress?)address), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = BurstSeconds * perSecond,
                TokensPerPeriod = perSecond,
                ReplenishmentPeriod = Second,
                QueueLimit = 0,
            });
    }

    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        rejected.HttpContext.Response.Headers.RetryAfter = Second.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        rejected.HttpContext.Response.Headers.AccessControlAllowOrigin = "*"; // the browser script must see that it is to wait
        await ProblemWriter.WriteAsync(rejected.HttpContext, new Problem(
            StatusCodes.Status429TooManyRequests, "too_many_requests", "The address sends more than it may.",
            "Wait as long as Retry-After says and send again, several events in one request. Operators set the limit in limits.json.", []));
    }
}
