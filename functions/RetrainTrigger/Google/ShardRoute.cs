using System.Globalization;
using System.Text.Json;
using Aisle.GoogleCloud.Firestore;
using Aisle.GoogleCloud.PubSub;
using Aisle.GoogleCloud.Training;
using Aisle.Http;
using Aisle.Ports;
using Microsoft.AspNetCore.Http;

namespace Aisle.RetrainTrigger.GoogleCloud;

/// <summary><c>POST /v1/shards</c>, to which Pub/Sub pushes: writes one shard's lists. It asks for no key: the platform lets only Pub/Sub's
/// identity, and the operators', invoke the service.</summary>
/// <param name="export">Computes and writes.</param>
/// <param name="options">How many shards there are.</param>
/// <param name="ledger">Where a repetition goes on.</param>
/// <param name="queue">Where messages that cannot be processed are parked.</param>
/// <param name="clock">The time.</param>
public sealed class ShardRoute(CandidateExport export, TrainingOptions options, FirestoreShardLedger ledger, IEventQueue queue, TimeProvider clock)
{
    /// <summary>The path.</summary>
    public const string Path = "/v1/shards";

    private const int MaxBody = 64 * 1024;

    /// <summary>Answers: 204 takes the message away, 503 brings it again.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        CancellationToken cancellationToken = context.RequestAborted;
        ReadOnlyMemory<byte> body;
        try
        {
            body = await Bodies.ReadAsync(context, MaxBody);
        }
        catch (BodyRefusedException refused)
        {
            await ParkAsync(context, "unnamed", ReadOnlyMemory<byte>.Empty, $"body: {refused.Problem.Problems[0].Problem}. What Pub/Sub "
                + "pushes to this path are shards, which are small.", cancellationToken);
            return;
        }

        (string id, ReadOnlyMemory<byte> data) = Read(body);
        if (ShardMessage.Parse(data.Span) is not { } shard || shard.Shard >= options.Shards)
        {
            await ParkAsync(context, id, data.Length == 0 ? body : data, "The message names no shard of this shop: publish model_version, "
                + "as_of and shard.", cancellationToken);
            return;
        }

        try
        {
            await WriteAsync(context, shard, cancellationToken);
        }
        catch (TrainingRefusedException refused)
        {
            await ParkAsync(context, id, data, refused.Message, cancellationToken);
        }
    }

    private async Task WriteAsync(HttpContext context, ShardMessage shard, CancellationToken cancellationToken)
    {
        ShardRecord before = await ledger.ReadAsync(shard.ModelVersion, shard.Shard, cancellationToken);
        if (before.IsDone)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        int? written = await export.WriteAsync(
            shard, before.Written,
            (count, token) => ledger.WriteAsync(shard.ModelVersion, [new ShardRecord(shard.Shard, count, IsDone: false, clock.GetUtcNow())], token),
            cancellationToken);
        if (written is not { } all)
        {
            context.Response.Headers.RetryAfter = "30";
            await ProblemWriter.WriteAsync(context, Problem.Unavailable(
                string.Create(CultureInfo.InvariantCulture, $"BigQuery still computes shard {shard.Shard} of {shard.ModelVersion}; the message comes again.")));
            return;
        }

        await ledger.WriteAsync(shard.ModelVersion, [new ShardRecord(shard.Shard, all, IsDone: true, clock.GetUtcNow())], cancellationToken);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task ParkAsync(HttpContext context, string id, ReadOnlyMemory<byte> data, string reason, CancellationToken cancellationToken)
    {
        await queue.ParkAsync([new ParkedMessage(id, data, new Dictionary<string, string> { ["topic"] = "shards" }, reason, clock.GetUtcNow())], cancellationToken);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>The id and the body of a pushed message; "unnamed" and nothing when it is none.</summary>
    private static (string Id, ReadOnlyMemory<byte> Data) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument push = JsonDocument.Parse(body);
            JsonElement message = push.RootElement.GetProperty("message");
            return (message.GetProperty("messageId").GetString() ?? "unnamed", message.GetProperty("data").GetBytesFromBase64());
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return ("unnamed", ReadOnlyMemory<byte>.Empty);
        }
    }
}
