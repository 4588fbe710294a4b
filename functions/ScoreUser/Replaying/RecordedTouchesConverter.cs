using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aisle.ScoreUser.Replaying;

/// <summary>Interactions as one flat array: product, microseconds since the one before (the first: since 1970), number of the type, number of the visit, and so on. A record is written for each slate, and
/// this is half as long as an object each.</summary>
internal sealed class RecordedTouchesConverter : JsonConverter<IReadOnlyList<RecordedTouch>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<RecordedTouch> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        List<RecordedTouch> touches = [];
        long at = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            string product = reader.GetString()!;
            at += Number(ref reader);
            touches.Add(new RecordedTouch(product, at, (int)Number(ref reader), (int)Number(ref reader)));
        }

        return reader.TokenType == JsonTokenType.EndArray ? touches : throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<RecordedTouch> value, JsonSerializerOptions options) => Write(writer, value);

    /// <summary>Writes the array.</summary>
    public static void Write(Utf8JsonWriter writer, IEnumerable<RecordedTouch> touches)
    {
        writer.WriteStartArray();
        long before = 0;
        foreach (RecordedTouch touch in touches)
        {
            writer.WriteStringValue(touch.Product);
            writer.WriteNumberValue(touch.At - before);
            writer.WriteNumberValue(touch.Type);
            writer.WriteNumberValue(touch.Visit);
            before = touch.At;
        }

        writer.WriteEndArray();
    }

    private static long Number(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number) ? number : throw new JsonException();
}
