using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Aisle.Http;
using Aisle.Local.Sqlite;
using Aisle.Ports;

namespace Aisle.Host.DeadLetters;

/// <summary><c>/v1/dead-letters</c>, of the one-machine host alone: what the event function parked, to look at, try again or throw away. On
/// Google, parked messages are a table and a topic.</summary>
internal sealed class DeadLetterEndpoint : IEndpoint
{
    private const int MaxListed = 1_000;
    private const int DefaultListed = 50;
    private const int MaxNamed = 10;
    private const int MaxEchoed = 128;

    private readonly SqliteEventQueue _queue;

    /// <summary>Lays out the paths.</summary>
    public DeadLetterEndpoint(SqliteEventQueue queue, ApiKeys keys, TimeProvider clock)
    {
        _queue = queue;
        Routes = new RouteTable(keys, clock)
            .Map(HttpMethods.Get, "v1/dead-letters", ApiRole.Operator, (context, _) => ListAsync(context, context.RequestAborted))
            .Map(HttpMethods.Post, "v1/dead-letters/retry", ApiRole.Operator, (context, _) => ChangeAsync(context, "retried", _queue.UnparkAsync, context.RequestAborted))
            .Map(HttpMethods.Post, "v1/dead-letters/drop", ApiRole.Operator, (context, _) => ChangeAsync(context, "dropped", _queue.DropAsync, context.RequestAborted));
    }

    /// <inheritdoc/>
    public RouteTable Routes { get; }

    private Task ListAsync(HttpContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string? text = context.Request.Query["limit"];
        int limit = DefaultListed;
        if (text is not null && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxListed))
        {
            return RefuseAsync(context, "limit", $"no whole number from 1 to {MaxListed}", $"Send a number such as {DefaultListed}, or leave it out.");
        }

        IReadOnlyList<ParkedMessage> parked = _queue.ReadParked(limit);
        return JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("dead_letters");
            foreach (ParkedMessage message in parked)
            {
                Write(json, message);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter json, ParkedMessage message)
    {
        json.WriteStartObject();
        json.WriteString("message_id", message.MessageId);
        json.WriteString("parked_at", message.ParkedAt);
        json.WriteString("reason", message.Reason);
        if (Utf8.IsValid(message.Data.Span))
        {
            json.WriteString("text", message.Data.Span);
        }

        json.WriteBase64String("data", message.Data.Span);
        json.WriteEndObject();
    }

    private static async Task ChangeAsync(
        HttpContext context, string done, Func<IReadOnlyCollection<string>?, CancellationToken, Task<ParkedChange>> change, CancellationToken cancellationToken)
    {
        using JsonDocument body = await Bodies.ReadJsonAsync(context, 1024 * 1024);
        if (Ids(body.RootElement) is not { } chosen)
        {
            await RefuseAsync(context, "message_ids", "missing or no list of texts", """Send {"message_ids":["…"]} with ids of GET /v1/dead-letters, or {"all":true}.""");
            return;
        }

        ParkedChange changed = await change(chosen.All ? null : chosen.Ids, cancellationToken);
        if (changed.Unknown.Count > 0)
        {
            string named = string.Join(", ", changed.Unknown.Take(MaxNamed).Select(id => id.Length <= MaxEchoed ? id : id[..MaxEchoed] + "…"));
            await ProblemWriter.WriteAsync(context, Problem.NotFound(
                "message_ids", $"nothing is parked under {named}; nothing was changed", "Send ids of GET /v1/dead-letters (aisle events dead-letter list)."));
            return;
        }

        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteNumber(done, changed.Count);
            json.WriteEndObject();
        });
    }

    private static (bool All, string[] Ids)? Ids(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (body.TryGetProperty("all", out JsonElement all) && all.ValueKind == JsonValueKind.True)
        {
            return (true, []);
        }

        return body.TryGetProperty("message_ids", out JsonElement ids) && ids.ValueKind == JsonValueKind.Array
            && ids.EnumerateArray().All(id => id.ValueKind == JsonValueKind.String)
            ? (false, [.. ids.EnumerateArray().Select(id => id.GetString()!)])
            : null;
    }

    private static Task RefuseAsync(HttpContext context, string field, string problem, string remedy) =>
        ProblemWriter.WriteAsync(context, Problem.Invalid(new FieldProblem(field, problem, remedy)));
}
