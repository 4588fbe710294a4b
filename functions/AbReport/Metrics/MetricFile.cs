using System.Text.Json;
using Aisle.Http;
using Aisle.Sql;

namespace Aisle.AbReport.Metrics;

/// <summary>Reads a shop's own metrics from a definition file, and says everything that is wrong with it.</summary>
/// <remarks>
/// <c>{"metrics":[{"key":"carts_per_user","label":"…","kind":"mean|proportion|ratio|quantile","numerator":MEASURE,"denominator":MEASURE,"quantile":0.9,
/// "unit":"money|share|number|seconds|milliseconds","role":"goal|guardrail|supporting","higher_is_better":true,"margin":0.05}]}</c>, where
/// a measure is the name of a standard one, such as <c>"orders"</c>, or
/// <c>{"events":["add_to_cart"],"of":"events|revenue|quantity|page_dwell_ms|page_load_ms","where":{"device_type":"mobile"}}</c>. A ratio
/// has a denominator, a quantile has a quantile of the single values of its numerator.
/// </remarks>
public sealed class MetricFile
{
    private static readonly MetricKind[] Kinds = [MetricKind.Mean, MetricKind.Proportion, MetricKind.Ratio, MetricKind.Quantile];

    private static readonly string[] Members = ["key", "label", "kind", "numerator", "denominator", "quantile", "unit", "role", "higher_is_better", "margin"];

    private readonly List<FieldProblem> _problems = [];

    /// <summary>What is wrong; empty when the definitions can be used.</summary>
    public IReadOnlyList<FieldProblem> Problems => _problems;

    /// <summary>Reads the definitions; those with problems are left out and named in <see cref="Problems"/>.</summary>
    /// <param name="file">The file's root.</param>
    public IReadOnlyList<MetricDefinition> Read(JsonElement file)
    {
        List<MetricDefinition> metrics = [];
        if (file.ValueKind != JsonValueKind.Object || !file.TryGetProperty("metrics", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            Add("metrics", "missing or no list", "Write {\"metrics\":[…]}.");
            return metrics;
        }

        foreach ((int index, JsonElement metric) in list.EnumerateArray().Index())
        {
            int before = _problems.Count;
            MetricDefinition read = Metric(metric, $"metrics[{index}]");
            if (StandardMetrics.All.Concat(metrics).Any(known => known.Key == read.Key))
            {
                Add($"metrics[{index}].key", $"'{read.Key}' exists already", "Choose another key.");
            }

            if (_problems.Count == before)
            {
                metrics.Add(read);
            }
        }

        return metrics;
    }

    private MetricDefinition Metric(JsonElement metric, string path)
    {
        string key = Text(metric, "key") ?? "";
        if (key.Length is 0 or > 40 || !key.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_'))
        {
            Add($"{path}.key", "missing, too long, or not made of lower-case letters, digits and underscores", "Write a key such as carts_per_user.");
        }

        foreach (JsonProperty member in (metric.ValueKind == JsonValueKind.Object ? metric.EnumerateObject() : default).Where(member => !Members.Contains(member.Name)))
        {
            Add($"{path}.{member.Name}", "unknown", $"Write {string.Join(", ", Members)}.");
        }

        MetricKind kind = Word(metric, $"{path}.kind", MetricKind.Mean, Kinds);
        MeasureReader reader = new(metric, path, key, _problems);
        bool isRatio = kind == MetricKind.Ratio;
        bool hasDenominator = metric.ValueKind == JsonValueKind.Object && metric.TryGetProperty("denominator", out _);
        if (hasDenominator != isRatio)
        {
            Add($"{path}.denominator", hasDenominator ? "given for a metric that is no ratio" : "missing for a ratio", "Give a "
                + "denominator exactly when kind is ratio.");
        }

        ExperimentMeasure? values = kind == MetricKind.Quantile ? reader.Values() : null;
        string numerator = values?.Name ?? reader.Summed("numerator", "top", kind == MetricKind.Proportion);
        string? denominator = hasDenominator ? reader.Summed("denominator", "below", false) : null;
        return new MetricDefinition(
            key, Text(metric, "label") ?? key.Replace('_', ' '), kind, numerator, denominator, Word(metric, $"{path}.unit", MetricUnit.Number, Enum.GetValues<MetricUnit>()),
            Word(metric, $"{path}.role", MetricRole.Supporting, Enum.GetValues<MetricRole>()), Truth(metric, path, "higher_is_better"),
            Share(metric, path, "margin", "Write how much worse is acceptable relative to the control, such as 0.05.") ?? StandardMetrics.DefaultMargin)
        {
            Measures = reader.Measures,
            Quantile = values is null ? null : new ValueQuantile(values, Quantile(metric, path)),
        };
    }

    private double Quantile(JsonElement metric, string path)
    {
        const string Remedy = "Write which quantile, such as 0.9.";
        if (metric.TryGetProperty("quantile", out _))
        {
            return Share(metric, path, "quantile", Remedy) ?? 0.5;
        }

        Add($"{path}.quantile", "missing", Remedy);
        return 0.5;
    }

    private T Word<T>(JsonElement metric, string path, T otherwise, IReadOnlyList<T> known)
        where T : struct, Enum
    {
        if (metric.ValueKind != JsonValueKind.Object || !metric.TryGetProperty(path[(path.LastIndexOf('.') + 1)..], out JsonElement given))
        {
            return otherwise;
        }

        string? word = given.ValueKind == JsonValueKind.String ? given.GetString() : given.GetRawText();
        foreach (T value in known)
        {
            if (JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()) == word)
            {
                return value;
            }
        }

        Add(path, $"'{word}' is unknown", $"Write "
            + $"{string.Join(", ", known.Select(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString())))}.");
        return otherwise;
    }

    private bool Truth(JsonElement metric, string path, string name)
    {
        if (metric.ValueKind != JsonValueKind.Object || !metric.TryGetProperty(name, out JsonElement value))
        {
            return true;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Add($"{path}.{name}", "neither true nor false", "Write true or false.");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    // Strictly between 0 and 1; null where it is not given or wrong.
    private double? Share(JsonElement metric, string path, string name, string remedy)
    {
        if (metric.ValueKind != JsonValueKind.Object || !metric.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double share) && share is > 0 and < 1)
        {
            return share;
        }

        Add($"{path}.{name}", "no share between 0 and 1", remedy);
        return null;
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private void Add(string field, string problem, string remedy) => _problems.Add(new FieldProblem(field, problem, remedy));
}
