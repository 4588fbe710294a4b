using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aisle.Events.Wire;

/// <summary>Writes an identity as its text, and refuses a text that cannot be one.</summary>
/// <typeparam name="TIdentity">The identity.</typeparam>
public sealed class IdentityJsonConverter<TIdentity> : JsonConverter<TIdentity>
    where TIdentity : struct, IIdentity<TIdentity>
{
    /// <inheritdoc/>
    public override TIdentity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.TokenType == JsonTokenType.String ? reader.GetString() : null);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TIdentity value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Value);
    }

    /// <inheritdoc/>
    public override TIdentity ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString());

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, TIdentity value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(value.Value);
    }

    private static TIdentity Parse(string? text) => Identity.IsValid(text)
        ? TIdentity.From(text!)
        : throw new JsonException($"An identity is a text of 1 to {Identity.MaxLength} characters without control characters.");
}
