using System.Globalization;
using System.Text;
using Aisle.AbReport.Results;
using Aisle.Statistics;

namespace Aisle.AbReport.Page;

/// <summary>A report for spreadsheets: one line a metric and variant.</summary>
internal static class ReportCsv
{
    private const string Header =
        "experiment,metric,unit,variant,verdict,status,control,treatment,difference,low,high,p_value,lift,lift_low,lift_high,role,level,adjusted_p_value,power,chance_to_win,cuped_p_value,sample_ratio_p_value,deciding_p_value,needed_p_value\r\n";

    /// <summary>The report as CSV (RFC 4180); what has no answer is an empty field.</summary>
    public static ReadOnlyMemory<byte> Write(ExperimentReport report)
    {
        StringBuilder text = new(Header);
        foreach (MetricResult result in report.Metrics)
        {
            ArmComparison figures = result.Comparison;
            string[] fields =
            [
                report.Experiment.Key, result.Metric, result.Unit, result.Variant, Words.Wire(result.Verdict), Words.Wire(figures.Status),
                Number(figures.Control), Number(figures.Treatment), Number(figures.Difference), Number(figures.Low), Number(figures.High),
                Number(figures.PValue), Number(figures.Lift), Number(figures.LiftLow), Number(figures.LiftHigh),
                Words.Wire(result.Definition.Role), Number(result.Level), Number(result.AdjustedPValue), Number(result.Power), Number(result.ChanceToWin),
                Number(result.Cuped?.PValue), Number(report.Health.SampleRatio.PValue), Number(result.DecidingPValue), Number(result.NeededPValue),
            ];
            text.AppendJoin(',', fields.Select(Quoted)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Number(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    private static string Quoted(string field) =>
        field.AsSpan().IndexOfAny("\",\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
