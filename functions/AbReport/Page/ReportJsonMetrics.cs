using System.Text.Json;
using Aisle.AbReport.Metrics;
using Aisle.AbReport.Results;
using Aisle.Statistics;
using Aisle.Statistics.Calibration;

namespace Aisle.AbReport.Page;

/// <summary>The metrics, segments and series of a report for programs.</summary>
internal static class ReportJsonMetrics
{
    /// <summary>Writes them as members of the open object.</summary>
    public static void Write(Utf8JsonWriter json, ExperimentReport report)
    {
        List(json, "metrics", report.Metrics, Write);
        List(json, "coverage", report.Coverage, Write);
        List(json, "segments", report.Segments, Write);
        List(json, "series", report.Series, Write);
        List(json, "distribution", report.Distribution, Write);
        List(json, "calibration", report.Calibration, Write);
    }

    private static void List<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, MetricResult result)
    {
        json.WriteString("metric", result.Metric);
        json.WriteString("label", result.Definition.Label);
        json.WriteString("role", Words.Wire(result.Definition.Role));
        json.WriteString("unit", result.Unit);
        json.WriteString("variant", result.Variant);
        json.WriteString("verdict", Words.Wire(result.Verdict));
        Pair(json, result.Comparison);
        ReportJson.Number(json, "level", result.Level);
        ReportJson.Number(json, "margin", result.Definition.Role == MetricRole.Guardrail ? result.Definition.Margin : null);
        ReportJson.Number(json, "margin_p_value", result.Guardrail?.ContrastPValue);
        ReportJson.Number(json, "harm_p_value", result.Guardrail?.InferiorPValue);
        ReportJson.Number(json, "needed_p_value", result.NeededPValue);
        ReportJson.Number(json, "adjusted_p_value", result.AdjustedPValue);
        ReportJson.Number(json, "power", result.Power);
        ReportJson.Number(json, "smallest_lift", result.SmallestLift);
        json.WriteStartObject("supplementary");
        ReportJson.Number(json, "delta_lift_low", result.DeltaLift?.Low);
        ReportJson.Number(json, "delta_lift_high", result.DeltaLift?.High);
        ReportJson.Number(json, "chance_to_win", result.ChanceToWin);
        ReportJson.Number(json, "cuped_lift", result.Cuped?.Lift);
        ReportJson.Number(json, "cuped_p_value", result.Cuped?.PValue);
        ReportJson.Number(json, "cuped_variance_reduction", result.Cuped?.VarianceReduction);
        ReportJson.Number(json, "winsorized_cap", result.Winsorized?.Cap);
        ReportJson.Number(json, "winsorized_lift", result.Winsorized?.Comparison.Lift);
        ReportJson.Number(json, "winsorized_p_value", result.Winsorized?.Comparison.PValue);
        json.WriteEndObject();
    }

    private static void Pair(Utf8JsonWriter json, ArmComparison figures)
    {
        json.WriteString("status", Words.Wire(figures.Status));
        ReportJson.Number(json, "control", figures.Control);
        ReportJson.Number(json, "treatment", figures.Treatment);
        ReportJson.Number(json, "difference", figures.Difference);
        ReportJson.Number(json, "low", figures.Low);
        ReportJson.Number(json, "high", figures.High);
        ReportJson.Number(json, "p_value", figures.PValue);
        ReportJson.Number(json, "lift", figures.Lift);
        ReportJson.Number(json, "lift_low", figures.LiftLow);
        ReportJson.Number(json, "lift_high", figures.LiftHigh);
    }

    private static void Write(Utf8JsonWriter json, CoverageResult coverage)
    {
        json.WriteString("variant", coverage.Variant);
        json.WriteString("status", Words.Wire(coverage.Comparison.Status));
        json.WriteNumber("catalogue_size", coverage.Comparison.CatalogueSize);
        ReportJson.Number(json, "control", coverage.Comparison.ShareControl);
        ReportJson.Number(json, "treatment", coverage.Comparison.ShareTreatment);
        ReportJson.Number(json, "at_impressions", coverage.Comparison.RarefiedAt);
        ReportJson.Number(json, "control_at_equal_exposure", coverage.Comparison.RarefiedControl / coverage.Comparison.CatalogueSize);
        ReportJson.Number(json, "treatment_at_equal_exposure", coverage.Comparison.RarefiedTreatment / coverage.Comparison.CatalogueSize);
    }

    private static void Write(Utf8JsonWriter json, SegmentResult segment)
    {
        json.WriteString("dimension", segment.Dimension);
        json.WriteString("segment", segment.Segment);
        json.WriteString("variant", segment.Variant);
        json.WriteNumber("users", segment.Visitors);
        Pair(json, segment.Comparison);
        ReportJson.Number(json, "adjusted_p_value", segment.AdjustedPValue);
    }

    private static void Write(Utf8JsonWriter json, LiftPoint point)
    {
        json.WriteString("variant", point.Variant);
        json.WriteNumber("day", point.Day);
        json.WriteNumber("users", point.Visitors);
        ReportJson.Number(json, "lift", point.Lift);
        ReportJson.Number(json, "lift_low", point.Low);
        ReportJson.Number(json, "lift_high", point.High);
    }

    private static void Write(Utf8JsonWriter json, AaCalibration calibration)
    {
        (double Low, double High)? interval = calibration.FalsePositives.Interval(0.05);
        json.WriteString("metric", calibration.Metric);
        json.WriteString("status", Words.Wire(calibration.Status));
        json.WriteNumber("salts", calibration.FalsePositives.Trials + calibration.WithoutAnswer);
        json.WriteNumber("without_answer", calibration.WithoutAnswer);
        ReportJson.Number(json, "false_positive_rate", calibration.FalsePositives.Rate);
        ReportJson.Number(json, "low", interval?.Low);
        ReportJson.Number(json, "high", interval?.High);
        json.WriteBoolean("keeps_its_error", calibration.KeepsItsError);
        json.WriteBoolean("is_uniform", calibration.IsUniform);
        ReportJson.Number(json, "uniformity_p_value", calibration.UniformityPValue);
        json.WriteStartArray("histogram");
        foreach (int count in calibration.Histogram)
        {
            json.WriteNumberValue(count);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, RevenueBar bar)
    {
        json.WriteString("variant", bar.Variant);
        json.WriteNumber("from", bar.From);
        json.WriteNumber("to", bar.To);
        json.WriteNumber("users", bar.Visitors);
    }
}
