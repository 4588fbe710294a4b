using System.Buffers;
using System.Text.Json;
using Aisle.AbReport.Results;

namespace Aisle.AbReport.Page;

/// <summary>A report for programs.</summary>
internal static class ReportJson
{
    /// <summary>The report as JSON; what has no answer is null, never 0.</summary>
    public static ReadOnlyMemory<byte> Write(ExperimentReport report)
    {
        ArrayBufferWriter<byte> body = new(8_192);
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            WriteHead(json, report);
            WriteVerdict(json, report.Verdict);
            json.WriteStartArray("conclusions");
            foreach (string sentence in report.Conclusions)
            {
                json.WriteStringValue(sentence);
            }

            json.WriteEndArray();
            WriteUsers(json, report);
            WriteHealth(json, report.Health);
            ReportJsonMetrics.Write(json, report);
            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    /// <summary>A figure; null where there is none.</summary>
    public static void Number(Utf8JsonWriter json, string name, double? value)
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

    private static void WriteHead(Utf8JsonWriter json, ExperimentReport report)
    {
        json.WriteNumber("schema", 4);
        json.WriteString("experiment", report.Experiment.Key);
        json.WriteString("description", report.Experiment.Description);
        json.WriteString("state", Words.Wire(report.Experiment.State));
        json.WriteString("from", report.Experiment.StartsAt);
        json.WriteString("until", report.Until);
        json.WriteNumber("days", Math.Round(report.Days, 2));
        json.WriteNumber("planned_days", Math.Round(report.PlannedDays, 2));
        json.WriteNumber("alpha", report.Alpha);
        json.WriteNumber("looks", report.Looks);
        json.WriteString("currency", report.Currency);
    }

    private static void WriteVerdict(Utf8JsonWriter json, ReportVerdict verdict)
    {
        json.WriteStartObject("verdict");
        json.WriteString("kind", Words.Wire(verdict.Kind));
        json.WriteString("variant", verdict.Variant);
        json.WriteString("sentence", verdict.Sentence);
        json.WriteBoolean("too_good_to_be_true", verdict.IsTooGood);
        Number(json, "more_visitors", verdict.MoreVisitors);
        Number(json, "more_days", verdict.MoreDays);
        json.WriteStartArray("reasons");
        foreach (VerdictReason reason in verdict.Reasons)
        {
            json.WriteStartObject();
            json.WriteString("code", reason.Code);
            json.WriteString("text", reason.Text);
            json.WriteEndObject();
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
        json.WriteNumber("users_in_several_variants", report.Health.Mixed);
        json.WriteStartObject("sample_ratio");
        json.WriteString("status", Words.Wire(report.Health.SampleRatio.Status));
        Number(json, "p_value", report.Health.SampleRatio.PValue);
        Number(json, "always_valid_p_value", report.Health.SequentialPValue);
        json.WriteBoolean("mismatch", report.Health.SampleRatio.IsMismatch);
        json.WriteEndObject();
    }

    private static void WriteHealth(Utf8JsonWriter json, DataHealth health)
    {
        json.WriteStartObject("health");
        json.WriteNumber("mixed", health.Mixed);
        json.WriteNumber("busy", health.Busy);
        json.WriteNumber("implausible", health.Implausible);
        json.WriteNumber("excluded", health.Excluded);
        json.WriteNumber("rederived", health.Rederived);
        json.WriteNumber("wrong_assignments", health.Wrong.Values.Sum());
        json.WriteStartObject("wrong_by_variant");
        foreach ((string variant, long count) in health.Wrong.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(variant, count);
        }

        json.WriteEndObject();
        json.WriteNumber("other_currency", health.OtherCurrency);
        json.WriteStartObject("buyers_by_currency");
        foreach ((string currency, long count) in health.BuyersByCurrency.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(currency, count);
        }

        json.WriteEndObject();
        json.WriteBoolean("mixed_currencies", health.HasMixedCurrencies);
        json.WriteEndObject();
    }
}
