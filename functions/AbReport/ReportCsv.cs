using System.Globalization;
using System.Text;

using Aisle.Statistics;

namespace Aisle.AbReport;

/// <summary>A report for spreadsheets: one line a metric and variant.</summary>
internal static class ReportCsv
{
    private const string Header =
        "experiment,metric,unit,variant,verdict,status,control,treatment,difference,low,high,p_value,lift,lift_low,lift_high\r\n";

    /// <summary>The report as CSV (RFC 4180); what has no answer is an empty field.</summary>
    public static ReadOnlyMemory<byte> Write(ExperimentReport report)
    {
        StringBuilder text = new(Header);
        foreach (MetricResult result in report.Metrics)
        {
            ArmComparison figures = result.Comparison;
            string[] fields =
            [
                report.Experiment.Key, result.Metric, result.Unit, result.Variant, ReportJson.Word(result.Verdict), ReportJson.Word(figures.Status),
                Number(figures.Control), Number(figures.Treatment), Number(figures.Difference), Number(figures.Low), Number(figures.High),
                Number(figures.PValue), Number(figures.Lift), Number(figures.LiftLow), Number(figures.LiftHigh),
            ];
            text.AppendJoin(',', fields.Select(Quoted)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Quoted(string field) =>
        field.AsSpan().IndexOfAny("\",\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
