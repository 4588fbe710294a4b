using Aisle.Events;

namespace Aisle.Sql;

/// <summary>Says in SQL which events a measure takes and what it takes of each; the table is <c>events</c>.</summary>
internal static class MeasureCondition
{
    /// <summary>The condition; texts that a shop wrote become parameters.</summary>
    /// <param name="types">The events that count.</param>
    /// <param name="filters">What else must hold; all of them.</param>
    /// <param name="parameters">Gets the texts.</param>
    public static string Of(IReadOnlyList<EventType> types, IReadOnlyList<MeasureFilter> filters, Dictionary<string, object> parameters) => string.Join(
        " AND ",
        filters.Select(filter => Of(filter, parameters)).Prepend($"events.event_type IN ({string.Join(", ", types.Select(type => $"'{type.WireName()}'"))})"));

    /// <summary>What is added up; 0 where the event has none.</summary>
    public static string Added(MeasureColumn column) => column == MeasureColumn.Events ? "1" : $"COALESCE({Value(column)}, 0)";

    /// <summary>The column itself; NULL where the event has none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Events have no value of their own.</exception>
    public static string Value(MeasureColumn column) => column switch
    {
        MeasureColumn.RevenueMinor => "events.revenue_minor",
        MeasureColumn.Quantity => "events.quantity",
        MeasureColumn.PageDwellMs => "events.page_dwell_ms",
        MeasureColumn.PageLoadMs => "events.page_load_ms",
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "No column with a value."),
    };

    /// <summary>Adds a value under a name of its own, and returns how the statement names it.</summary>
    /// <param name="parameters">Gets the value.</param>
    /// <param name="kind">Begins the name.</param>
    /// <param name="value">The value.</param>
    public static string Parameter(Dictionary<string, object> parameters, string kind, object value)
    {
        string name = $"{kind}_{parameters.Count}";
        parameters.Add(name, value);
        return $"@{name}";
    }

    private static string Of(MeasureFilter filter, Dictionary<string, object> parameters)
    {
        string column = filter.Column switch
        {
            MeasureFilterColumn.SlateId => "events.slate_id",
            MeasureFilterColumn.ProductId => "events.product_id",
            MeasureFilterColumn.PageType => "events.page_type",
            MeasureFilterColumn.DeviceType => "events.device_type",
            _ => throw new ArgumentOutOfRangeException(nameof(filter), filter.Column, "No column."),
        };
        return filter.Value is null ? $"{column} IS NOT NULL" : $"{column} = {Parameter(parameters, "filter", filter.Value)}";
    }
}
