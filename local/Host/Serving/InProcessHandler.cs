using System.Net;

namespace Aisle.Host.Serving;

/// <summary>Answers HTTP requests by the dispatcher itself, without a socket: how commands ask when no host runs.</summary>
/// <param name="dispatcher">What answers.</param>
/// <param name="services">The request's services.</param>
internal sealed class InProcessHandler(EndpointDispatcher dispatcher, IServiceProvider services) : HttpMessageHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using MemoryStream answer = new();
        DefaultHttpContext context = new() { RequestServices = services, RequestAborted = cancellationToken };
        await FillAsync(context.Request, request, cancellationToken);
        context.Response.Body = answer;
        await dispatcher.HandleAsync(context, cancellationToken);
        return ToMessage(context.Response, answer.ToArray());
    }

    private static async Task FillAsync(HttpRequest target, HttpRequestMessage source, CancellationToken cancellationToken)
    {
        Uri uri = source.RequestUri ?? throw new InvalidOperationException("A request needs an address.");
        target.Method = source.Method.Method;
        target.Scheme = uri.Scheme;
        target.Host = new HostString(uri.Authority);
        target.Path = PathString.FromUriComponent(uri);
        target.QueryString = QueryString.FromUriComponent(uri);
        foreach ((string name, IEnumerable<string> values) in source.Headers.Concat(source.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()))
        {
            target.Headers.Append(name, values.ToArray());
        }

        if (source.Content is { } content)
        {
            byte[] body = await content.ReadAsByteArrayAsync(cancellationToken);
            target.Body = new MemoryStream(body);
            target.ContentLength = body.Length;
        }
    }

    private static HttpResponseMessage ToMessage(HttpResponse response, byte[] body)
    {
        HttpResponseMessage message = new((HttpStatusCode)response.StatusCode) { Content = new ByteArrayContent(body) };
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in response.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                message.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        return message;
    }
}
