using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Aisle.Host.Metrics;

/// <summary>Series as Prometheus reads them (text format 0.0.4).</summary>
internal static class PrometheusText
{
    /// <summary>Labels in their written form, without braces.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        StringBuilder text = new();
        foreach ((string name, object? value) in tags)
        {
            string escaped = $"{value}".Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n");
            text.Append(text.Length == 0 ? "" : ",").Append(Name(name)).Append("=\"").Append(escaped).Append('"');
        }

        return text.ToString();
    }

    /// <summary>Writes one instrument with all its series.</summary>
    public static void Write(StringBuilder text, Instrument instrument, IEnumerable<KeyValuePair<string, Series>> series)
    {
        bool isCounter = instrument.GetType().Name.StartsWith("Counter", StringComparison.Ordinal);
        KeyValuePair<string, Series>[] ordered = [.. series.OrderBy(pair => pair.Key, StringComparer.Ordinal)];
        bool isHistogram = ordered.Length > 0 && ordered[0].Value.Bounds.Length > 0;
        string name = Name(instrument.Name) + (instrument.Unit == "s" ? "_seconds" : "") + (isCounter ? "_total" : "");
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {instrument.Description?.ReplaceLineEndings(" ")}\n");
        text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {(isHistogram ? "histogram" : isCounter ? "counter" : "gauge")}\n");
        foreach ((string labels, Series one) in ordered)
        {
            if (isHistogram)
            {
                WriteHistogram(text, name, labels, one);
            }
            else
            {
                Line(text, name, labels, one.Read().Sum);
            }
        }
    }

    private static void WriteHistogram(StringBuilder text, string name, string labels, Series series)
    {
        (double sum, long count, long[] buckets) = series.Read();
        string prefix = labels.Length == 0 ? "" : labels + ",";
        long upTo = 0;
        for (int i = 0; i < buckets.Length; i++)
        {
            upTo += buckets[i];
            Line(text, name + "_bucket", string.Create(CultureInfo.InvariantCulture, $"{prefix}le=\"{series.Bounds[i]}\""), upTo);
        }

        Line(text, name + "_bucket", prefix + "le=\"+Inf\"", count);
        Line(text, name + "_sum", labels, sum);
        Line(text, name + "_count", labels, count);
    }

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name}{(labels.Length == 0 ? "" : $"{{{labels}}}")} {value}\n");

    private static string Name(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
