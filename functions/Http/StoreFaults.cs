using Microsoft.AspNetCore.Builder;

namespace Aisle.Http;

/// <summary>Answers 503 with <c>Retry-After</c> where a store's own client threw what will pass, so that callers see the same as
/// with stores that say so themselves.</summary>
public static class StoreFaults
{
    private const string RetryAfterSeconds = "5";

    /// <summary>Watches everything after it.</summary>
    /// <param name="application">The service's requests.</param>
    /// <param name="passes">Whether a fault passes; asked only while the caller waits.</param>
    public static IApplicationBuilder UseStoreFaults(this IApplicationBuilder application, Func<Exception, bool> passes) => application.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (Exception fault) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested && passes(fault))
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            await ProblemWriter.WriteAsync(context, Problem.Unavailable("A store does not answer; send the request again."));
        }
    });
}
