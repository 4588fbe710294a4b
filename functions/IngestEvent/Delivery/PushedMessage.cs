using System.Text.Json;
using Aisle.Http;
using Aisle.Ports;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Microsoft.AspNetCore.Http;

namespace Aisle.IngestEvent.Delivery;

/// <summary>Reads a pushed message in each form that Pub/Sub and Eventarc send: a raw push body, a CloudEvent in binary mode,
/// a CloudEvent in structured mode.</summary>
public static class PushedMessage
{
    /// <summary>The type of the CloudEvent.</summary>
    public const string EventType = "google.cloud.pubsub.topic.v1.messagePublished";

    private const string Remedy = "Send a Pub/Sub push body or a CloudEvent of the type " + EventType + ".";

    private static readonly JsonDocumentOptions EachNameOnce = new() { AllowDuplicateProperties = false };
    private static readonly JsonEventFormatter Formatter = new(new JsonSerializerOptions(), EachNameOnce);

    /// <summary>The message of a request.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="headers">Say which form it has: <c>Content-Type</c>, and the <c>ce-</c> headers of binary mode.</param>
    /// <exception cref="BodyRefusedException">It is none of the forms.</exception>
    public static LeasedMessage Read(ReadOnlyMemory<byte> body, IHeaderDictionary headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        try
        {
            bool isStructured = headers.ContentType.ToString().StartsWith("application/cloudevents+json", StringComparison.OrdinalIgnoreCase);
            if (isStructured || headers.ContainsKey("ce-specversion"))
            {
                CloudEvent cloudEvent = isStructured ? Formatter.DecodeStructuredModeMessage(body, contentType: null, extensionAttributes: null) : Binary(body, headers);
                RequireType(cloudEvent.Type);
                return cloudEvent.Data is JsonElement data ? Message(data) : throw Refused("data", "missing");
            }

            RequireType(headers["ce-type"].FirstOrDefault() ?? EventType);
            using JsonDocument pushed = JsonDocument.Parse(body, EachNameOnce);
            return Message(pushed.RootElement);
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException or FormatException or InvalidOperationException)
        {
            throw Refused("body", broken.Message);
        }
    }

    /// <summary>A CloudEvent in binary mode: its attributes are headers, the body is its data.</summary>
    private static CloudEvent Binary(ReadOnlyMemory<byte> body, IHeaderDictionary headers)
    {
        string version = headers["ce-specversion"].ToString();
        CloudEvent cloudEvent = new(CloudEventsSpecVersion.FromVersionId(version) ?? throw Refused("ce-specversion", $"{version} is unknown")) { DataContentType = "application/json" };
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in headers)
        {
            string attribute = name.ToLowerInvariant();
            if (attribute.StartsWith("ce-", StringComparison.Ordinal) && attribute != "ce-specversion")
            {
                cloudEvent.SetAttributeFromString(attribute[3..], value.ToString());
            }
        }

        Formatter.DecodeBinaryModeEventData(body, cloudEvent);
        return cloudEvent.Validate();
    }

    private static void RequireType(string? type)
    {
        if (type != EventType)
        {
            throw Refused("type", $"{type} is not handled here");
        }
    }

    private static LeasedMessage Message(JsonElement envelope)
    {
        if (envelope.ValueKind != JsonValueKind.Object || !envelope.TryGetProperty("message", out JsonElement message) || message.ValueKind != JsonValueKind.Object)
        {
            throw Refused("message", "missing");
        }

        byte[] data = message.TryGetProperty("data", out JsonElement base64) && base64.ValueKind == JsonValueKind.String ? base64.GetBytesFromBase64() : [];
        string id = Text(message, "messageId") ?? Text(message, "message_id") ?? throw Refused("message.messageId", "missing");
        int attempt = envelope.TryGetProperty("deliveryAttempt", out JsonElement count) && count.TryGetInt32(out int parsed) ? Math.Max(1, parsed) : 1;
        return new LeasedMessage(id, id, data, Attributes(message), attempt);
    }

    private static Dictionary<string, string> Attributes(JsonElement message) =>
        message.TryGetProperty("attributes", out JsonElement attributes) && attributes.ValueKind == JsonValueKind.Object
            ? attributes.EnumerateObject().Where(a => a.Value.ValueKind == JsonValueKind.String).ToDictionary(a => a.Name, a => a.Value.GetString()!)
            : [];

    private static string? Text(JsonElement json, string field) =>
        json.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static BodyRefusedException Refused(string field, string problem) => new(
        new Problem(StatusCodes.Status400BadRequest, "no_message", "The request carries no message.", null, [new FieldProblem(field, problem, Remedy)]));
}
