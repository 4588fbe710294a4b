using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aisle.ScoreUser.Replaying;

/// <summary>Products as one flat array: the number of an interaction, or a product followed by microseconds since 1970.</summary>
internal sealed class RecordedProductsConverter : JsonConverter<IReadOnlyList<RecordedProduct>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<RecordedProduct> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        List<RecordedProduct> products = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            products.Add(
                reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int recent) && recent >= 0 ? new RecordedProduct(recent)
                : reader.TokenType == JsonTokenType.String ? new RecordedProduct(-1, reader.GetString(), Instant(ref reader))
                : throw new JsonException());
        }

        return products;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<RecordedProduct> value, JsonSerializerOptions options) => Write(writer, value);

    /// <summary>Writes the array.</summary>
    public static void Write(Utf8JsonWriter writer, IEnumerable<RecordedProduct> products)
    {
        writer.WriteStartArray();
        foreach (RecordedProduct product in products)
        {
            if (product.Recent >= 0)
            {
                writer.WriteNumberValue(product.Recent);
                continue;
            }

            writer.WriteStringValue(product.Product);
            writer.WriteNumberValue(product.At);
        }

        writer.WriteEndArray();
    }

    private static long Instant(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long at) ? at : throw new JsonException();
}
