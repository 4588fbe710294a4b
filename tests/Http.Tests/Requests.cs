using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Aisle.Http.Tests;

/// <summary>Requests without a server.</summary>
internal static class Requests
{
    public static DefaultHttpContext Of(string method, string path, string? key = null)
    {
        DefaultHttpContext context = new();
        context.Request.Method = method;
        context.Request.Path = path;
        context.Response.Body = new MemoryStream();
        if (key is not null)
        {
            context.Request.Headers["X-Api-Key"] = key;
        }

        return context;
    }

    public static DefaultHttpContext WithBody(byte[] body, string? encoding = null)
    {
        DefaultHttpContext context = Of("POST", "/v1/things");
        context.Request.Body = new MemoryStream(body);
        if (encoding is not null)
        {
            context.Request.Headers.ContentEncoding = encoding;
        }

        return context;
    }

    public static byte[] Gzip(byte[] plain)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return compressed.ToArray();
    }

    public static string Answer(HttpContext context) =>
        Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
}
