using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Aisle.Events;
using Aisle.Http;

namespace Aisle.ScoreUser.Replaying;

/// <summary>Records as text.</summary>
internal static class SlateRecordJson
{
    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    /// <summary>The record of a slate as UTF-8, in the fields of <see cref="RecordedInputs"/>. There is one for each slate, so it is
    /// written field by field into memory that each thread keeps.</summary>
    public static byte[] Write(SlateRecord record)
    {
        ArrayBufferWriter<byte> scratch = _scratch ??= new ArrayBufferWriter<byte>(8 * 1024);
        Utf8JsonWriter json = _json ??= new Utf8JsonWriter(scratch);
        scratch.ResetWrittenCount();
        json.Reset();
        Write(json, record);
        json.Flush();
        return scratch.WrittenSpan.ToArray();
    }

    /// <summary>The inputs of a text; null when it is none, or has texts that are none.</summary>
    public static RecordedInputs? Read(string text)
    {
        try
        {
            byte[] json = Encoding.UTF8.GetBytes(text);
            return SurrogatePairs.HasHalf(json, namesOnly: false) ? null : JsonSerializer.Deserialize(json, RecordedInputsJson.Default.RecordedInputs);
        }
        catch (JsonException)
        {
            return null; // of a later version
        }
    }

    private static void Write(Utf8JsonWriter json, SlateRecord record)
    {
        json.WriteStartObject();
        json.WritePropertyName("request"u8);
        RecordedRequest.Write(json, record.Request, record.Listed, record.Currency);
        json.WriteNumber("now"u8, record.Now.UtcTicks);
        if (record.Profile is { } profile)
        {
            json.WritePropertyName("profile"u8);
            ProfileRecorder.Write(json, profile);
        }

        if (record.ListMadeAt is { } made)
        {
            json.WriteString("list_made_at"u8, made);
        }

        json.WriteString("seed"u8, record.Seed.ToString(CultureInfo.InvariantCulture));
        if (record.RulesTag is { } rules)
        {
            json.WriteString("rules"u8, rules);
        }

        json.WriteNumber("availability"u8, record.AvailabilityVersion);
        WriteServed(json, record.Served);
        WriteDegradations(json, record.Degradations);
        json.WriteEndObject();
    }

    private static void WriteServed(Utf8JsonWriter json, IReadOnlyDictionary<ProductId, int> served)
    {
        if (served.Count == 0)
        {
            return;
        }

        json.WriteStartObject("served"u8);
        foreach ((ProductId product, int times) in served)
        {
            json.WriteNumber(product.Value, times);
        }

        json.WriteEndObject();
    }

    private static void WriteDegradations(Utf8JsonWriter json, IReadOnlyList<string> stages)
    {
        if (stages.Count == 0)
        {
            return;
        }

        json.WriteStartArray("degraded"u8);
        foreach (string stage in stages)
        {
            json.WriteStringValue(stage);
        }

        json.WriteEndArray();
    }
}
