using System.Globalization;
using System.Text.Json;
using Aisle.Http;
using Aisle.Ports;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Microsoft.AspNetCore.Http;

namespace Aisle.IngestEvent;

/// <summary>Reads a pushed message in each form that Pub/Sub and Eventarc send: a raw push body, a CloudEvent in binary mode, a CloudEvent in structured mode.</summary>
public static class PushedMessage
{
    /// <summary>The type of the CloudEvent.</summary>
    public const string EventType = "google.cloud.pubsub.topic.v1.messagePublished";

    private const string Remedy = "Send a Pub/Sub push body or a CloudEvent of the type " + EventType + ".";

    /// <summary>The message of a request.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="contentType">Says whether it is a structured CloudEvent.</param>
    /// <param name="ceType">The header <c>ce-type</c> of binary mode; null without one.</param>
    /// <param name="now">Stands in for a missing publish time.</param>
    /// <exception cref="BodyRefusedException">It is none of the forms.</exception>
    public static LeasedMessage Read(ReadOnlyMemory<byte> body, string? contentType, string? ceType, DateTimeOffset now)
    {
        bool isStructured = contentType?.StartsWith("application/cloudevents+json", StringComparison.OrdinalIgnoreCase) == true;
        try
        {
            if (!isStructured)
            {
                RequireType(ceType ?? EventType);
                using JsonDocument pushed = JsonDocument.Parse(body);
                return Message(pushed.RootElement, now);
            }

            CloudEvent cloudEvent = new JsonEventFormatter().DecodeStructuredModeMessage(body, contentType: null, extensionAttributes: null);
            RequireType(cloudEvent.Type);
            return cloudEvent.Data is JsonElement data ? Message(data, now) : throw Refused("data", "missing");
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException or FormatException or InvalidOperationException)
        {
            throw Refused("body", broken.Message);
        }
    }

    private static void RequireType(string? type)
    {
        if (type != EventType)
        {
            throw Refused("type", $"{type} is not handled here");
        }
    }

    private static LeasedMessage Message(JsonElement envelope, DateTimeOffset now)
    {
        if (envelope.ValueKind != JsonValueKind.Object || !envelope.TryGetProperty("message", out JsonElement message) || message.ValueKind != JsonValueKind.Object)
        {
            throw Refused("message", "missing");
        }

        byte[] data = message.TryGetProperty("data", out JsonElement base64) && base64.ValueKind == JsonValueKind.String ? base64.GetBytesFromBase64() : [];
        string id = Text(message, "messageId") ?? Text(message, "message_id") ?? throw Refused("message.messageId", "missing");
        int attempt = envelope.TryGetProperty("deliveryAttempt", out JsonElement count) && count.TryGetInt32(out int parsed) ? Math.Max(1, parsed) : 1;
        return new LeasedMessage(id, id, data, Attributes(message), PublishedAt(message) ?? now, attempt);
    }

    private static DateTimeOffset? PublishedAt(JsonElement message) =>
        DateTimeOffset.TryParse(Text(message, "publishTime") ?? Text(message, "publish_time"), CultureInfo.InvariantCulture, out DateTimeOffset published)
            ? published
            : null;

    private static Dictionary<string, string> Attributes(JsonElement message) =>
        message.TryGetProperty("attributes", out JsonElement attributes) && attributes.ValueKind == JsonValueKind.Object
            ? attributes.EnumerateObject().Where(a => a.Value.ValueKind == JsonValueKind.String).ToDictionary(a => a.Name, a => a.Value.GetString()!)
            : [];

    private static string? Text(JsonElement json, string field) =>
        json.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static BodyRefusedException Refused(string field, string problem) => new(
        new Problem(StatusCodes.Status400BadRequest, "no_message", "The request carries no message.", null, [new FieldProblem(field, problem, Remedy)]));
}
