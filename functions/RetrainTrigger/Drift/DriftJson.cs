using System.Text.Json;

namespace Aisle.RetrainTrigger.Drift;

/// <summary>A drift report as the API shows it.</summary>
internal static class DriftJson
{
    /// <summary>Writes the report.</summary>
    public static void Write(Utf8JsonWriter json, DriftReport report)
    {
        json.WriteStartObject();
        json.WriteString("day", report.Day.ToString("O"));
        json.WriteString("baseline_from", report.BaselineFrom.ToString("O"));
        json.WriteNumber("slates", report.Slates);
        json.WriteNumber("baseline_slates", report.BaselineSlates);
        json.WriteBoolean("drifted", report.Findings.Any(finding => finding.IsDrifted));
        json.WriteStartArray("findings");
        foreach (DriftFinding finding in report.Findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", finding.Kind);
            Number(json, "value", finding.Value);
            Number(json, "before", finding.Before);
            Number(json, "limit", finding.Limit);
            json.WriteBoolean("drifted", finding.IsDrifted);
            json.WriteString("message", finding.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, Math.Round(number, 6));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
