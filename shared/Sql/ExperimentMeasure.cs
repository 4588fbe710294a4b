using Aisle.Events;

namespace Aisle.Sql;

/// <summary>A whole number that each visitor of an experiment has: how often something happened, or how much of
/// it, after the first exposure.</summary>
/// <remarks>Beside each measure stands the same one of the time before the exposure, named with <see cref="BeforeSuffix"/>:
/// what variance reduction adjusts by.</remarks>
/// <param name="Name">Lower-case letters, digits and underscores; the column's name.</param>
/// <param name="Types">The events that count.</param>
/// <param name="Column">What is added up over them.</param>
/// <param name="Filters">What else must hold; all of them.</param>
public sealed record ExperimentMeasure(
    string Name, IReadOnlyList<EventType> Types, MeasureColumn Column, IReadOnlyList<MeasureFilter> Filters)
{
    /// <summary>Ends the name of a measure of the time before the exposure.</summary>
    public const string BeforeSuffix = "_before";

    /// <summary>Purchases less refunds.</summary>
    public static ExperimentMeasure Revenue { get; } = new("revenue", [EventType.Purchase, EventType.Refund], MeasureColumn.RevenueMinor, []);

    /// <summary>Clicks on products.</summary>
    public static ExperimentMeasure Clicks { get; } = new("clicks", [EventType.Click], MeasureColumn.Events, []);

    /// <summary>Clicks on products of a slate.</summary>
    public static ExperimentMeasure SlateClicks { get; } =
        new("slate_clicks", [EventType.Click], MeasureColumn.Events, [new MeasureFilter(MeasureFilterColumn.SlateId, null)]);

    /// <summary>Items shown in slates.</summary>
    public static ExperimentMeasure Impressions { get; } = new("impressions", [EventType.Impression], MeasureColumn.Events, []);

    /// <summary>How long pages took to load; its values have quantiles.</summary>
    public static ExperimentMeasure PageLoads { get; } = new("page_load", [EventType.PageView], MeasureColumn.PageLoadMs, []);

    /// <summary>The measures of every report; orders, buyers, sessions and what follows from them are always
    /// there (<see cref="AlwaysThere"/>).</summary>
    public static IReadOnlyList<ExperimentMeasure> Standard { get; } = [Revenue, Clicks, SlateClicks, Impressions];

    /// <summary>What the query counts beside its measures: sessions, bounces, orders, returns; those of the past
    /// end in <see cref="BeforeSuffix"/>.</summary>
    public static IReadOnlyList<string> AlwaysThere { get; } =
    [
        "sessions", "bounced_sessions", "session_seconds", "sessions_before", "bounced_sessions_before", "session_seconds_before",
        "orders", "refunded_orders", "orders_before", "buyers", "buyers_before", "could_return", "returned",
    ];

    /// <summary>Whether only having any of it counts: 1 when the sum is above 0, else 0.</summary>
    public bool IsAny { get; init; }

    /// <summary>Whether it is an amount of money, whose squares may need more than 64 bits.</summary>
    public bool IsAmount => Column == MeasureColumn.RevenueMinor && !IsAny;
}
