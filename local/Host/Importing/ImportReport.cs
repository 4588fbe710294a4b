using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Aisle.Events;
using Aisle.Host.Output;
using Aisle.Local.Import.Outcome;

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
            json.WriteBoolean("dry_run", summary.IsDryRun);
            json.WriteNumber("rows", summary.Rows);
            json.WriteStartObject("accepted");
            foreach ((string kind, long count) in summary.Accepted)
            {
                json.WriteNumber(kind, count);
            }

            json.WriteEndObject();
            WriteRejected(json, summary);
            WriteCounts(json, summary);
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

        PrintCounts(screen, summary);
        foreach (JsonProperty revenue in summary.GetProperty("revenue").EnumerateObject())
        {
            screen.Line($"  revenue, refunds taken off: {revenue.Value.GetDecimal().ToString("N2", CultureInfo.InvariantCulture)} {revenue.Name}");
        }

        if (summary.TryGetProperty("newest", out JsonElement newest))
        {
            screen.Line($"  from {summary.GetProperty("oldest").GetString()} to {newest.GetString()}; the shop's clock stands at the "
                + "newest event when that is old");
        }

        if (summary.GetProperty("dry_run").GetBoolean())
        {
            screen.Line("  dry run: nothing was written to the shop");
        }
    }

    private static void PrintCounts(Screen screen, JsonElement summary)
    {
        (string Field, string Words)[] counts =
        [
            ("known_events", "events were in the shop already"), ("changed_products", "products new or changed"),
            ("unknown_products", "products that events named and the catalogue did not have"), ("dropped_products", "products left the "
                + "catalogue, for the feed lacks them"),
        ];
        foreach ((string field, string words) in counts)
        {
            if (summary.TryGetProperty(field, out JsonElement count) && count.GetInt64() > 0)
            {
                screen.Line($"            {Count(count),10}  {words}");
            }
        }

        if (summary.TryGetProperty("quarantine", out JsonElement quarantine))
        {
            screen.Line($"  what was left out lies, line by line with its reason, in {quarantine.GetString()}");
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
        json.WriteStartObject("revenue");
        foreach ((string currency, long minor) in summary.RevenueMinor)
        {
            json.WriteNumber(currency, Money.FromMinor(minor, currency));
        }

        json.WriteEndObject();
        if (summary.OldestAt is { } oldest && summary.NewestAt is { } newest)
        {
            json.WriteString("oldest", oldest);
            json.WriteString("newest", newest);
        }
    }

    private static void WriteCounts(Utf8JsonWriter json, ImportSummary summary)
    {
        if (summary.KnownEvents is { } known)
        {
            json.WriteNumber("known_events", known);
        }

        json.WriteNumber("changed_products", summary.ChangedProducts);
        json.WriteNumber("unknown_products", summary.UnknownProducts);
        json.WriteNumber("dropped_products", summary.DroppedProducts);
        if (summary.Quarantine is not null)
        {
            json.WriteString("quarantine", summary.Quarantine);
        }
    }
}
