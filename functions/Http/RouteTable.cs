using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Aisle.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aisle.Http;

/// <summary>The paths of one function: finds the handler, checks the role, and answers what does not fit with a problem document.</summary>
/// <param name="keys">The keys that roles are checked against.</param>
/// <param name="clock">What <c>Server-Timing</c> is measured by.</param>
public sealed class RouteTable(ApiKeys keys, TimeProvider clock)
{
    private readonly List<Route> _routes = [];
    private readonly Dictionary<string, List<Route>> _literal = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Route> _templates = [];
    private Func<CancellationToken, Task<string?>> _whyNotReady = static _ => Task.FromResult<string?>(null);

    /// <summary>All paths, in the order in which they are tried.</summary>
    public IReadOnlyList<Route> Routes => _routes;

    /// <summary>Adds a path. A literal path goes before templates that would also match.</summary>
    public RouteTable Map(string method, string template, ApiRole role, RouteHandler handler)
    {
        Route route = new(method, template, role, handler);
        _routes.Add(route);
        if (route.IsLiteral)
        {
            string path = template.Trim('/');
            (_literal.TryGetValue(path, out List<Route>? known) ? known : _literal[path] = []).Add(route);
        }
        else
        {
            _templates.Add(route);
        }

        return this;
    }

    /// <summary>Adds a path whose requests have no body; one that says something is refused.</summary>
    public RouteTable MapBodiless(string method, string template, ApiRole role, RouteHandler handler) => Map(method, template, role, async (context, values) =>
    {
        await Bodies.ExpectNoneAsync(context);
        await handler(context, values);
    });

    /// <summary>Adds <c>/healthz</c> (the process lives) and <c>/readyz</c> (it can do its work).</summary>
    /// <param name="whyNotReady">Null when ready; else the reason and the remedy.</param>
    public RouteTable MapHealth(Func<CancellationToken, Task<string?>> whyNotReady)
    {
        _whyNotReady = whyNotReady;
        Map(HttpMethods.Get, "healthz", ApiRole.None, static (context, _) => WriteOkAsync(context));
        return Map(HttpMethods.Get, "readyz", ApiRole.None, async (context, _) =>
        {
            string? reason = await whyNotReady(context.RequestAborted);
            await (reason is null ? WriteOkAsync(context) : ProblemWriter.WriteAsync(context, Problem.Unavailable(reason)));
        });
    }

    /// <summary>Why the function cannot do its work, as <see cref="MapHealth"/> was told to find out; null when it can.</summary>
    public Task<string?> WhyNotReadyAsync(CancellationToken cancellationToken) => _whyNotReady(cancellationToken);

    /// <summary>Adds <c>/openapi.json</c>, which describes the paths to programs; it is put together when it is first asked for.</summary>
    /// <param name="functions">As <see cref="ApiDescription.Of"/>.</param>
    public RouteTable MapDescription(params Assembly[] functions)
    {
        Lazy<ApiDescription> description = new(() => ApiDescription.Of(functions));
        return Map(HttpMethods.Get, "openapi.json", ApiRole.None, (context, _) => description.Value.WriteAsync(context));
    }

    /// <summary>Whether one of the paths matches, whatever the method.</summary>
    public bool Owns(string path) => Literal(path) is not null || _templates.Exists(route => route.Match(path) is not null);

    /// <summary>Answers the request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        long started = clock.GetTimestamp();
        context.Response.OnStarting(() =>
        {
            double elapsed = clock.GetElapsedTime(started).TotalMilliseconds;
            context.Response.Headers.Append("Server-Timing", string.Create(CultureInfo.InvariantCulture, $"total;dur={elapsed:0.###}"));
            context.Response.Headers.XContentTypeOptions = "nosniff";
            if (context.Request.Headers.TraceParent.Count > 0 && Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id })
            {
                context.Response.Headers["traceresponse"] = id; // W3C Trace Context, level 2
            }

            return Task.CompletedTask;
        });
        await DispatchAsync(context);
    }

    private async Task DispatchAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "/";
        List<string>? allowed = null;
        foreach (Route route in Literal(path) is { } literal ? literal.Concat(_templates) : _templates)
        {
            if (route.Match(path) is not { } values)
            {
                continue;
            }

            if (route.Method == context.Request.Method)
            {
                await HandleAsync(context, route, values);
                return;
            }

            (allowed ??= []).Add(route.Method);
        }

        await RefuseAsync(context, allowed ?? []);
    }

    private List<Route>? Literal(string path) => _literal.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(path.AsSpan().Trim('/'), out List<Route>? routes) ? routes : null;

    private async Task HandleAsync(HttpContext context, Route route, RouteValueDictionary values)
    {
        if (route.Role == ApiRole.Collector)
        {
            // Pages of the shop send here from another origin and must see whether to send again. There are no cookies
            // to protect, and the key is the page's own.
            context.Response.Headers.AccessControlAllowOrigin = "*";
        }

        if (!keys.Allows(route.Role, context.Request))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await ProblemWriter.WriteAsync(context, Unauthorized(route.Role));
            return;
        }

        try
        {
            await route.Handler(context, values);
        }
        catch (BodyRefusedException refused)
        {
            await ProblemWriter.WriteAsync(context, refused.Problem);
        }
        catch (StoreUnavailableException down) when (!context.Response.HasStarted)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(down.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await ProblemWriter.WriteAsync(context, Problem.Unavailable(down.Message));
        }
        catch (TimeoutException late) when (!context.Response.HasStarted)
        {
            context.Response.Headers.RetryAfter = "1";
            await ProblemWriter.WriteAsync(context, Problem.Unavailable(late.Message));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Debug.Assert(context.RequestAborted.IsCancellationRequested, "The caller hung up; there is nobody to answer.");
        }
    }

    private static Problem Unauthorized(ApiRole role) => new(
        StatusCodes.Status401Unauthorized, "unauthorized", "The request carries no key that allows it.", null,
        [new("X-Api-Key", "missing or not a key of this role", $"Send a key of the role {role.ToString().ToLowerInvariant()}.")]);

    private static Task RefuseAsync(HttpContext context, List<string> allowed)
    {
        if (allowed.Count == 0)
        {
            return ProblemWriter.WriteAsync(context, new Problem(
                StatusCodes.Status404NotFound, "unknown_path", "There is nothing at this path.", "docs/api.md lists the paths.", []));
        }

        context.Response.Headers.Allow = string.Join(", ", allowed);
        return ProblemWriter.WriteAsync(context, new Problem(
            StatusCodes.Status405MethodNotAllowed, "method_not_allowed", "The path does not answer this method.",
            $"It answers {string.Join(", ", allowed)}.", []));
    }

    private static async Task WriteOkAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync("{\"status\":\"ok\"}"u8.ToArray(), context.RequestAborted);
    }
}
