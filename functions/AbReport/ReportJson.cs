using System.Buffers;
using System.Text.Json;

using Aisle.Statistics;

namespace Aisle.AbReport;

/// <summary>A report for programs.</summary>
internal static class ReportJson
{
    /// <summary>The report as JSON; what has no answer is null, never 0.</summary>
    public static ReadOnlyMemory<byte> Write(ExperimentReport report)
    {
        ArrayBufferWriter<byte> body = new(4_096);
        using (Utf8JsonWriter json = new(body))
        {
            Write(json, report);
        }

        return body.WrittenMemory;
    }

    /// <summary>The word for a verdict or status on the wire.</summary>
    public static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static void Write(Utf8JsonWriter json, ExperimentReport report)
    {
        json.WriteStartObject();
        json.WriteString("experiment", report.Experiment.Key);
        Text(json, "description", report.Experiment.Description);
        json.WriteString("state", Word(report.Experiment.State));
        json.WriteString("from", report.Experiment.StartsAt);
        json.WriteString("until", report.Until);
        json.WriteNumber("days", Math.Round(report.Days, 2));
        json.WriteNumber("alpha", report.Alpha);
        json.WriteStartArray("conclusions");
        foreach (string sentence in report.Conclusions)
        {
            json.WriteStringValue(sentence);
        }

        json.WriteEndArray();
        WriteUsers(json, report);
        json.WriteStartArray("metrics");
        foreach (MetricResult result in report.Metrics)
        {
            Write(json, result);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteUsers(Utf8JsonWriter json, ExperimentReport report)
    {
        json.WriteStartArray("users");
        foreach ((string variant, long users) in report.Users)
        {
            json.WriteStartObject();
            json.WriteString("variant", variant);
            json.WriteNumber("users", users);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("users_in_several_variants", report.MixedUsers);
        json.WriteStartObject("sample_ratio");
        json.WriteString("status", Word(report.SampleRatio.Status));
        Number(json, "p_value", report.SampleRatio.PValue);
        json.WriteBoolean("mismatch", report.SampleRatio.IsMismatch);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MetricResult result)
    {
        ArmComparison figures = result.Comparison;
        json.WriteStartObject();
        json.WriteString("metric", result.Metric);
        json.WriteString("unit", result.Unit);
        json.WriteString("variant", result.Variant);
        json.WriteString("verdict", Word(result.Verdict));
        json.WriteString("status", Word(figures.Status));
        Number(json, "control", figures.Control);
        Number(json, "treatment", figures.Treatment);
        Number(json, "difference", figures.Difference);
        Number(json, "low", figures.Low);
        Number(json, "high", figures.High);
        Number(json, "p_value", figures.PValue);
        Number(json, "lift", figures.Lift);
        Number(json, "lift_low", figures.LiftLow);
        Number(json, "lift_high", figures.LiftHigh);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, value);
        }
    }
}
