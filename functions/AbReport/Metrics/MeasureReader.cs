using System.Text.Json;
using Aisle.Events;
using Aisle.Http;
using Aisle.Sql;

namespace Aisle.AbReport.Metrics;

/// <summary>Reads the measures of one metric of a definition file.</summary>
/// <param name="metric">The metric.</param>
/// <param name="path">Where it stands in the file.</param>
/// <param name="key">Its key; names the columns of its own measures.</param>
/// <param name="problems">Gets what is wrong.</param>
internal sealed class MeasureReader(JsonElement metric, string path, string key, List<FieldProblem> problems)
{
    // Measures of the query that are 0 or 1 for each visitor, and so can be a share of visitors.
    private static readonly string[] YesOrNo = ["buyers", "buyers_before", "could_return", "returned"];

    private readonly List<ExperimentMeasure> _measures = [];

    /// <summary>The measures that were not standard ones.</summary>
    public IReadOnlyList<ExperimentMeasure> Measures => _measures;

    /// <summary>A measure that is added up over each visitor; its name.</summary>
    /// <param name="name">The member that holds it.</param>
    /// <param name="suffix">Ends the name of its column.</param>
    /// <param name="isAny">Whether only having any of it counts.</param>
    public string Summed(string name, string suffix, bool isAny)
    {
        JsonElement given = Member(name);
        if (given.ValueKind != JsonValueKind.String)
        {
            ExperimentMeasure own = Own(given, name, $"{key}_{suffix}");
            _measures.Add(own with { IsAny = isAny });
            return own.Name;
        }

        string standard = given.GetString()!;
        string[] known = isAny ? YesOrNo : [.. ExperimentMeasure.Standard.Select(measure => measure.Name), .. ExperimentMeasure.AlwaysThere];
        if (!known.Contains(standard))
        {
            Add($"{path}.{name}", $"'{standard}' is no "
                + $"measure{(isAny ? " that is 0 or 1 for each visitor" : "")}", $"Write one of {string.Join(", ", known)}, or an object "
                + "with events.");
        }

        return standard;
    }

    /// <summary>A measure whose single values have quantiles.</summary>
    public ExperimentMeasure Values()
    {
        JsonElement given = Member("numerator");
        if (given.ValueKind == JsonValueKind.String && given.GetString() == ExperimentMeasure.PageLoads.Name)
        {
            return ExperimentMeasure.PageLoads;
        }

        ExperimentMeasure own = Own(given, "numerator", $"{key}_values");
        if (own.Column == MeasureColumn.Events)
        {
            Add($"{path}.numerator.of", "missing, or events, which have no value", "Write revenue, quantity, page_dwell_ms or "
                + "page_load_ms; or page_load instead of the object.");
        }

        return own;
    }

    private ExperimentMeasure Own(JsonElement given, string name, string column) =>
        new(column, Types(given, $"{path}.{name}.events"), Of(given, $"{path}.{name}.of"), Filters(given, $"{path}.{name}.where"));

    private JsonElement Member(string name) => metric.ValueKind == JsonValueKind.Object && metric.TryGetProperty(name, out JsonElement value) ? value : default;

    private List<EventType> Types(JsonElement measure, string at)
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

        Add(at, "missing, empty or with an unknown event type", $"Write a list of {string.Join(", ", EventTypes.Names)}.");
        return types;
    }

    private MeasureColumn Of(JsonElement measure, string at)
    {
        string? of = Text(measure, "of");
        switch (of)
        {
            case null or "events": return MeasureColumn.Events;
            case "revenue": return MeasureColumn.RevenueMinor;
            case "quantity": return MeasureColumn.Quantity;
            case "page_dwell_ms": return MeasureColumn.PageDwellMs;
            case "page_load_ms": return MeasureColumn.PageLoadMs;
            default:
                Add(at, $"'{of}' cannot be added up", "Write events, revenue, quantity, page_dwell_ms or page_load_ms.");
                return MeasureColumn.Events;
        }
    }

    private List<MeasureFilter> Filters(JsonElement measure, string at)
    {
        List<MeasureFilter> filters = [];
        if (measure.ValueKind != JsonValueKind.Object || !measure.TryGetProperty("where", out JsonElement where))
        {
            return filters;
        }

        if (where.ValueKind != JsonValueKind.Object)
        {
            Add(at, "no object", "Write an object such as {\"device_type\":\"mobile\"}.");
            return filters;
        }

        foreach (JsonProperty condition in where.EnumerateObject())
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
                Add($"{at}.{condition.Name}", "an unknown column, or no text", "Write slate_id, product_id, page_type or device_type with "
                    + "a text, or with true for any.");
                continue;
            }

            filters.Add(new MeasureFilter(column.Value, condition.Value.ValueKind == JsonValueKind.String ? condition.Value.GetString() : null));
        }

        return filters;
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private void Add(string field, string problem, string remedy) => problems.Add(new FieldProblem(field, problem, remedy));
}
