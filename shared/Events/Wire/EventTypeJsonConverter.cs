using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aisle.Events.Wire;

/// <summary>Writes an event type as its wire name, and refuses other names.</summary>
public sealed class EventTypeJsonConverter : JsonConverter<EventType>
{
    /// <inheritdoc/>
    public override EventType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && EventTypes.TryParse(reader.GetString(), out EventType type)
            ? type
            : throw new JsonException($"An event type is one of {string.Join(", ", EventTypes.Names)}.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, EventType value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.WireName());
    }
}
