using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Aisle.Http;

/// <summary>Answers with JSON that is written whole before the first byte goes out, so that a fault in writing
/// never leaves half an answer.</summary>
public static class JsonAnswer
{
    private const int MaxKept = 256 * 1024;

    private static readonly ConcurrentBag<ArrayBufferWriter<byte>> Buffers = [];

    /// <summary>Answers the request. What is asked for is of one shopper at one moment: nobody may keep it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="write">Writes one JSON value.</param>
    public static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(write);
        ArrayBufferWriter<byte> body = Buffers.TryTake(out ArrayBufferWriter<byte>? kept) ? kept : new(8 * 1024);
        using (Utf8JsonWriter json = new(body))
        {
            write(json);
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
        if (body.Capacity <= MaxKept)
        {
            body.ResetWrittenCount();
            Buffers.Add(body);
        }
    }
}
