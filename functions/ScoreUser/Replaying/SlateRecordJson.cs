using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Aisle.ScoreUser.Replaying;

/// <summary>Records as text.</summary>
internal static class SlateRecordJson
{
    /// <summary>The record of a slate.</summary>
    public static string Write(SlateRecord record)
    {
        ArrayBufferWriter<byte> request = new(256);
        using (Utf8JsonWriter json = new(request))
        {
            RecordedRequest.Write(json, record.Request, record.Listed, record.Currency);
        }

        using JsonDocument document = JsonDocument.Parse(request.WrittenMemory);
        return JsonSerializer.Serialize(
            new RecordedInputs
            {
                Request = document.RootElement,
                Now = record.Now.UtcTicks,
                Profile = record.Profile is { } profile ? ProfileRecorder.Write(profile) : null,
                ListMadeAt = record.ListMadeAt,
                Seed = record.Seed.ToString(CultureInfo.InvariantCulture),
                Rules = record.RulesTag,
                Availability = record.AvailabilityVersion,
                Served = record.Served.Count == 0 ? null : record.Served.ToDictionary(entry => entry.Key.Value, entry => entry.Value),
                Degraded = record.Degradations.Count == 0 ? null : [.. record.Degradations],
            },
            RecordedInputsJson.Default.RecordedInputs);
    }

    /// <summary>The inputs of a text; null when it is none.</summary>
    public static RecordedInputs? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(text), RecordedInputsJson.Default.RecordedInputs);
        }
        catch (JsonException)
        {
            return null; // of a later version
        }
    }
}
