using System.Globalization;
using System.Text;
using Aisle.Numerics;

namespace Aisle.Benchmarks.Fuzz;

/// <summary>JSON that is nearly what we expect: the right fields with wrong, odd or extreme values, in the right
/// and in the wrong places.</summary>
internal static class FuzzGrammar
{
    private static readonly string[] Fields =
    [
        "event_id", "user_id", "assignment_id", "event_type", "product_id", "event_timestamp", "ingested_at", "session_id", "device_type", "page_type", "page_load_ms", "page_dwell_ms",
        "quantity", "unit_price", "revenue", "unit_price_minor", "revenue_minor", "currency", "order_id", "slate_id", "position", "anonymous_id", "events", "message", "data", "messageId",
        "attributes", "deliveryAttempt", "publishTime",
    ];

    private static readonly string[] Words =
    [
        "\"view\"", "\"click\"", "\"purchase\"", "\"refund\"", "\"impression\"", "\"page_view\"", "\"2026-01-15T12:00:00Z\"", "\"2026-01-15T11:59:59.1234567+02:00\"", "\"EUR\"", "\"JPY\"", "\"eur\"",
        "\"e-1\"", "\"\"", "\" \"", "\"\\u0001\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"ﷺ\"", "\"e30=\"", "\"%%%\"", "null", "true", "false", "0", "1", "-1", "1.5", "1e2", "-0.0", "500", "501",
        "9007199254740993", "9223372036854775807", "9223372036854775808", "1e308", "1e400", "0.00000000000000000000000000001", "79228162514264337593543950335", "12.345",
    ];

    /// <summary>One body: an event, a batch or anything.</summary>
    public static string Body(SeededRandom random)
    {
        StringBuilder json = new();
        switch (random.NextInt(4))
        {
            case 0:
                WriteValue(json, random, depth: 0);
                break;
            case 1:
                WriteEvent(json, random);
                break;
            default:
                json.Append("{\"events\":[");
                for (int i = 0, count = random.NextInt(6); i < count; i++)
                {
                    json.Append(i == 0 ? "" : ",");
                    WriteEvent(json, random);
                }

                json.Append("]}");
                break;
        }

        return json.ToString();
    }

    /// <summary>An event whose needed fields are mostly right, so that the rules behind them are reached.</summary>
    private static void WriteEvent(StringBuilder json, SeededRandom random)
    {
        json.Append(CultureInfo.InvariantCulture, $"{{\"event_id\":\"f-{random.NextInt(50)}\",\"user_id\":\"u\",\"event_timestamp\":\"2026-01-15T1{random.NextInt(10)}:00:00Z\"");
        json.Append(",\"event_type\":").Append(Words[random.NextInt(6)]).Append(",\"product_id\":\"p\"");
        for (int i = random.NextInt(6); i > 0; i--)
        {
            json.Append(",\"").Append(Fields[random.NextInt(21)]).Append("\":");
            WriteValue(json, random, depth: 3);
        }

        json.Append('}');
    }

    private static void WriteValue(StringBuilder json, SeededRandom random, int depth)
    {
        int kind = depth > 5 ? 9 : random.NextInt(10);
        if (kind > 2)
        {
            json.Append(random.NextInt(200) == 0 ? $"\"{new string('x', 100 + random.NextInt(100))}\"" : Words[random.NextInt(Words.Length)]);
            return;
        }

        json.Append(kind == 0 ? '[' : '{');
        for (int i = 0, count = random.NextInt(5); i < count; i++)
        {
            json.Append(i == 0 ? "" : ",");
            if (kind > 0)
            {
                json.Append('"').Append(Fields[random.NextInt(Fields.Length)]).Append("\":");
            }

            WriteValue(json, random, depth + 1);
        }

        json.Append(kind == 0 ? ']' : '}');
    }
}
