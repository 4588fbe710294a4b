using System.Security.Cryptography;
using Aisle.Http;

namespace Aisle.Host.Serving;

/// <summary><c>GET /aisle.js</c>: the script that a shop's pages load to send what visitors do; made of <c>clients/browser</c>.</summary>
internal sealed class BrowserScriptEndpoint : IEndpoint
{
    private readonly byte[] _script;
    private readonly string _tag;

    /// <summary>Takes the script out of the program.</summary>
    public BrowserScriptEndpoint(ApiKeys keys, TimeProvider clock)
    {
        _script = Read();
        _tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(_script))[..16]}\"";
        Routes = new RouteTable(keys, clock).Map(HttpMethods.Get, "aisle.js", ApiRole.None, SendAsync);
    }

    /// <inheritdoc/>
    public RouteTable Routes { get; }

    private async Task SendAsync(HttpContext context, RouteValueDictionary values)
    {
        context.Response.Headers.ETag = _tag;
        context.Response.Headers.CacheControl = "public, max-age=3600";
        if (context.Request.Headers.IfNoneMatch == _tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = "text/javascript; charset=utf-8";
        context.Response.ContentLength = _script.Length;
        await context.Response.Body.WriteAsync(_script, context.RequestAborted);
    }

    private static byte[] Read()
    {
        using Stream resource = typeof(BrowserScriptEndpoint).Assembly.GetManifestResourceStream("Aisle.Host.aisle.js")
            ?? throw new InvalidOperationException("The program was built without clients/browser/aisle.min.js.");
        using MemoryStream bytes = new();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
