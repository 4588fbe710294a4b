using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Aisle.Events;
using Aisle.Host.Output;
using Aisle.Local.Import;

namespace Aisle.Host.Importing;

/// <summary>What an import came to, for people and for programs.</summary>
internal static class ImportReport
{
    /// <summary>The summary as JSON: counts per outcome, examples of what was left out, totals.</summary>
    public static byte[] ToJson(ImportSummary summary)
    {
        ArrayBufferWriter<byte> body = new(1024);
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteNumber("rows", summary.Rows);
            json.WriteStartObject("accepted");
            foreach ((string kind, long count) in summary.Accepted)
            {
                json.WriteNumber(kind, count);
            }

            json.WriteEndObject();
            WriteRejected(json, summary);
            WriteTotals(json, summary);
            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    /// <summary>Prints the JSON form, whoever made it.</summary>
    public static void Print(Screen screen, JsonElement summary)
    {
        screen.Line($"{Count(summary.GetProperty("rows"))} rows");
        foreach (JsonProperty kind in summary.GetProperty("accepted").EnumerateObject())
        {
            screen.Line($"  accepted  {Count(kind.Value),10}  {kind.Name}");
        }

        foreach (JsonProperty kind in summary.GetProperty("rejected").EnumerateObject())
        {
            screen.Line($"  left out  {Count(kind.Value.GetProperty("count")),10}  {kind.Name}");
            foreach (JsonElement example in kind.Value.GetProperty("examples").EnumerateArray())
            {
                screen.Line($"                          {example.GetString()}");
            }
        }

        if (summary.TryGetProperty("revenue", out JsonElement revenue))
        {
            screen.Line($"  revenue, refunds taken off: {revenue.GetDecimal().ToString("N2", CultureInfo.InvariantCulture)} {summary.GetProperty("currency").GetString()}");
        }

        if (summary.TryGetProperty("newest", out JsonElement newest))
        {
            screen.Line($"  from {summary.GetProperty("oldest").GetString()} to {newest.GetString()}; the shop's clock stands at the newest event when that is old");
        }
    }

    private static string Count(JsonElement number) => number.GetInt64().ToString("N0", CultureInfo.InvariantCulture);

    private static void WriteRejected(Utf8JsonWriter json, ImportSummary summary)
    {
        json.WriteStartObject("rejected");
        foreach ((string kind, (long count, IReadOnlyList<string> examples)) in summary.Rejected)
        {
            json.WriteStartObject(kind);
            json.WriteNumber("count", count);
            json.WriteStartArray("examples");
            foreach (string example in examples)
            {
                json.WriteStringValue(example);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteTotals(Utf8JsonWriter json, ImportSummary summary)
    {
        if (summary.Currency is { } currency)
        {
            json.WriteNumber("revenue", Money.FromMinor(summary.RevenueMinor, currency));
            json.WriteString("currency", currency);
        }

        if (summary.OldestAt is { } oldest && summary.NewestAt is { } newest)
        {
            json.WriteString("oldest", oldest);
            json.WriteString("newest", newest);
        }
    }
}
