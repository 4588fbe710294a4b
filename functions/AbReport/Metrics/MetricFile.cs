using System.Text.Json;
using Aisle.Events;
using Aisle.Http;
using Aisle.Sql;

namespace Aisle.AbReport.Metrics;

/// <summary>Reads a shop's own metrics from a definition file, and says everything that is wrong with it.</summary>
/// <remarks>
/// <c>{"metrics":[{"key":"carts_per_user","label":"…","kind":"mean|proportion|ratio","numerator":MEASURE,"denominator":MEASURE,"unit":"money|share|number|seconds|milliseconds",
/// "role":"goal|guardrail|supporting","higher_is_better":true,"margin":0.05}]}</c>, where a measure is the name of a standard one, such as <c>"orders"</c>, or
/// <c>{"events":["add_to_cart"],"of":"events|revenue|quantity|page_dwell_ms","where":{"device_type":"mobile"}}</c>.
/// </remarks>
public sealed class MetricFile
{
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

        MetricKind kind = Word(metric, $"{path}.kind", MetricKind.Mean);
        List<ExperimentMeasure> measures = [];
        string numerator = Measure(metric, path, "numerator", $"{key}_top", kind == MetricKind.Proportion, measures);
        bool hasDenominator = metric.ValueKind == JsonValueKind.Object && metric.TryGetProperty("denominator", out _);
        if (hasDenominator != (kind == MetricKind.Ratio))
        {
            Add($"{path}.denominator", hasDenominator ? "given for a metric that is no ratio" : "missing for a ratio", "Give a denominator exactly when kind is ratio.");
        }

        return new MetricDefinition(
            key, Text(metric, "label") ?? key.Replace('_', ' '), kind, numerator,
            hasDenominator ? Measure(metric, path, "denominator", $"{key}_below", false, measures) : null,
            Word(metric, $"{path}.unit", MetricUnit.Number), Word(metric, $"{path}.role", MetricRole.Supporting), Truth(metric, path, "higher_is_better"), Margin(metric, path))
        {
            Measures = measures,
        };
    }

    private string Measure(JsonElement metric, string path, string name, string column, bool isAny, List<ExperimentMeasure> measures)
    {
        JsonElement given = metric.ValueKind == JsonValueKind.Object && metric.TryGetProperty(name, out JsonElement value) ? value : default;
        if (given.ValueKind == JsonValueKind.String)
        {
            string standard = given.GetString()!;
            if (!ExperimentMeasure.AlwaysThere.Contains(standard) && !ExperimentMeasure.Standard.Any(known => known.Name == standard))
            {
                Add($"{path}.{name}", $"'{standard}' is no measure", $"Write one of {string.Join(", ", ExperimentMeasure.Standard.Select(known => known.Name).Concat(ExperimentMeasure.AlwaysThere))}, or an object with events.");
            }

            return standard;
        }

        measures.Add(new ExperimentMeasure(column, Types(given, $"{path}.{name}.events"), Of(given, $"{path}.{name}.of"), Filters(given, $"{path}.{name}.where")) { IsAny = isAny });
        return column;
    }

    private List<EventType> Types(JsonElement measure, string path)
    {
        List<EventType> types = [];
        if (measure.ValueKind == JsonValueKind.Object && measure.TryGetProperty("events", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement name in list.EnumerateArray())
            {
                if (name.ValueKind == JsonValueKind.String && EventTypes.TryParse(name.GetString(), out EventType type))
                {
                    types.Add(type);
                }
            }

            if (types.Count == list.GetArrayLength() && types.Count > 0)
            {
                return types;
            }
        }

        Add(path, "missing, empty or with an unknown event type", $"Write a list of {string.Join(", ", EventTypes.Names)}.");
        return types;
    }

    private MeasureColumn Of(JsonElement measure, string path)
    {
        string? of = Text(measure, "of");
        switch (of)
        {
            case null or "events": return MeasureColumn.Events;
            case "revenue": return MeasureColumn.RevenueMinor;
            case "quantity": return MeasureColumn.Quantity;
            case "page_dwell_ms": return MeasureColumn.PageDwellMs;
            default:
                Add(path, $"'{of}' cannot be added up", "Write events, revenue, quantity or page_dwell_ms.");
                return MeasureColumn.Events;
        }
    }

    private List<MeasureFilter> Filters(JsonElement measure, string path)
    {
        List<MeasureFilter> filters = [];
        if (measure.ValueKind != JsonValueKind.Object || !measure.TryGetProperty("where", out JsonElement where))
        {
            return filters;
        }

        foreach (JsonProperty condition in where.ValueKind == JsonValueKind.Object ? where.EnumerateObject() : default)
        {
            MeasureFilterColumn? column = condition.Name switch
            {
                "slate_id" => MeasureFilterColumn.SlateId,
                "product_id" => MeasureFilterColumn.ProductId,
                "page_type" => MeasureFilterColumn.PageType,
                "device_type" => MeasureFilterColumn.DeviceType,
                _ => null,
            };
            if (column is null || condition.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.True))
            {
                Add($"{path}.{condition.Name}", "an unknown column, or no text", "Write slate_id, product_id, page_type or device_type with a text, or with true for any.");
                continue;
            }

            filters.Add(new MeasureFilter(column.Value, condition.Value.ValueKind == JsonValueKind.String ? condition.Value.GetString() : null));
        }

        return filters;
    }

    private T Word<T>(JsonElement metric, string path, T otherwise)
        where T : struct, Enum
    {
        string? word = Text(metric, path[(path.LastIndexOf('.') + 1)..]);
        if (word is null)
        {
            return otherwise;
        }

        foreach (T value in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()) == word)
            {
                return value;
            }
        }

        Add(path, $"'{word}' is unknown", $"Write {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}.");
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

    private double Margin(JsonElement metric, string path)
    {
        if (metric.ValueKind != JsonValueKind.Object || !metric.TryGetProperty("margin", out JsonElement value))
        {
            return StandardMetrics.DefaultMargin;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out double margin) || margin is not (> 0 and < 1))
        {
            Add($"{path}.margin", "no share between 0 and 1", "Write how much worse is acceptable relative to the control, such as 0.05.");
            return StandardMetrics.DefaultMargin;
        }

        return margin;
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private void Add(string field, string problem, string remedy) => _problems.Add(new FieldProblem(field, problem, remedy));
}
