using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace Aisle.Http;

/// <summary>Reads request bodies within limits: size before and after decompression, UTF-8, JSON depth.</summary>
public static class Bodies
{
    private const int MostUnread = 16 * 1024;
    private const int MostEchoed = 64;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16 };

    /// <summary>The whole body, decompressed.</summary>
    /// <param name="context">The request; gzip and br are understood.</param>
    /// <param name="maxBytes">The most it may have, compressed or not.</param>
    /// <exception cref="BodyRefusedException">Too large (413), too slow (408), an unknown encoding (415), or broken compression or chunks (400).</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, int maxBytes)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Request.ContentLength > maxBytes)
        {
            throw TooLarge(maxBytes);
        }

        await using Stream? decoder = Decoder(context.Request);
        try
        {
            return await ReadAsync(decoder ?? context.Request.Body, maxBytes, context.RequestAborted);
        }
        catch (Exception broken) when (broken is InvalidDataException || (broken is InvalidOperationException && decoder is BrotliStream)) // each decoder says it in its own way
        {
            throw BadRequest("body", "its compression is broken", "Compress the body anew, or send it plain.");
        }
        catch (BadHttpRequestException refused) // by the server, which would answer without a word
        {
            throw refused.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => TooLarge(maxBytes),
                StatusCodes.Status408RequestTimeout => Refused(refused.StatusCode, "body", "it comes too slowly", "Send it again, faster or in smaller requests."),
                _ => Refused(StatusCodes.Status400BadRequest, "body", "it ends early or its chunks are broken", "Send it again as a whole."),
            };
        }
    }

    /// <summary>The body as JSON.</summary>
    /// <exception cref="BodyRefusedException">As for the bytes; or not UTF-8, or not JSON, or nested deeper than 16 levels, or with half a
    /// surrogate pair, or with a name twice in one object (400).</exception>
    public static async Task<JsonDocument> ReadJsonAsync(HttpContext context, int maxBytes) => Parse(await ReadAsync(context, maxBytes), isBatch: false);

    /// <summary>A batch as JSON: a value may be half a surrogate pair and an object may have a name twice, so that one item that cannot be used
    /// does not cost the others; whoever reads the items must expect both.</summary>
    /// <exception cref="BodyRefusedException">As for JSON.</exception>
    public static async Task<JsonDocument> ReadJsonBatchAsync(HttpContext context, int maxBytes) => Parse(await ReadAsync(context, maxBytes), isBatch: true);

    /// <summary>Bytes that were read before, as JSON.</summary>
    /// <exception cref="BodyRefusedException">As for JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body) => Parse(body, isBatch: false);

    /// <summary>Refuses a body where a path takes none, so that a wish that nobody reads is not passed over; <c>{}</c> is as good as none.</summary>
    /// <exception cref="BodyRefusedException">As for JSON; or it says something (400).</exception>
    public static async Task ExpectNoneAsync(HttpContext context)
    {
        const string Remedy = "This path takes no body: leave it out.";
        ReadOnlyMemory<byte> body = await ReadAsync(context, MostUnread);
        if (body.Length == 0)
        {
            return;
        }

        using JsonDocument json = Parse(body);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw BadRequest("body", "not expected here", Remedy);
        }

        if (json.RootElement.EnumerateObject().Select(member => member.Name).FirstOrDefault() is { } name)
        {
            throw BadRequest(name[..Math.Min(name.Length, MostEchoed)], "unknown", Remedy);
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body, bool isBatch)
    {
        if (!Utf8.IsValid(body.Span))
        {
            throw BadRequest("body", "it is not valid UTF-8", "Encode the body as UTF-8.");
        }

        JsonDocument document = ParseDocument(body);
        if (SurrogatePairs.HasHalf(body.Span, namesOnly: isBatch))
        {
            document.Dispose();
            throw BadRequest("body", "it has a text with half a surrogate pair", "Do not cut texts in the middle of a character.");
        }

        if (!isBatch && DoubledNames.Find(document.RootElement) is { } doubled)
        {
            document.Dispose();
            throw BadRequest(doubled, "given more than once", "Send each field once.");
        }

        return document;
    }

    private static JsonDocument ParseDocument(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, Strict);
        }
        catch (JsonException broken)
        {
            throw BadRequest(
                "body", $"it is not JSON (line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1})", "Send one JSON document, nested at most 16 levels deep.");
        }
    }

    private static Stream? Decoder(HttpRequest request) => request.Headers.ContentEncoding.ToString().ToLowerInvariant() switch
    {
        "" or "identity" => null,
        "gzip" => new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
        "br" => new BrotliStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
        _ => throw Refused(
            StatusCodes.Status415UnsupportedMediaType, "Content-Encoding", "it is unknown here", "Send the body plain, or as gzip or br."),
    };

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> body = new(16 * 1024);
        while (true)
        {
            int read = await stream.ReadAsync(body.GetMemory(16 * 1024), cancellationToken);
            if (read == 0)
            {
                return body.WrittenMemory;
            }

            body.Advance(read);
            if (body.WrittenCount > maxBytes)
            {
                throw TooLarge(maxBytes);
            }
        }
    }

    private static BodyRefusedException TooLarge(int maxBytes) => Refused(
        StatusCodes.Status413PayloadTooLarge, "body", $"it has more than {maxBytes} bytes", "Split it into smaller requests.");

    private static BodyRefusedException BadRequest(string field, string problem, string remedy) => Refused(StatusCodes.Status400BadRequest, field, problem, remedy);

    private static BodyRefusedException Refused(int status, string field, string problem, string remedy) => new(
        new Problem(status, "unreadable_body", "The request's body cannot be read.", null, [new(field, problem, remedy)]));
}
