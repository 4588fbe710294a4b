using Aisle.Events;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.BigQuery;

/// <summary>How an event stands in <c>interaction_events_raw</c>.</summary>
internal static class EventRow
{
    /// <summary>The row of an event; columns that are null are left out.</summary>
    public static BigQueryInsertRow Of(InteractionEvent e) => new()
    {
        { "event_id", e.Id.Value },
        { "user_id", e.User?.Value },
        { "assignment_id", e.Assignment?.Value },
        { "event_type", e.Type.WireName() },
        { "product_id", e.Product?.Value },
        { "event_timestamp", e.OccurredAt },
        { "ingested_at", e.IngestedAt },
        { "session_id", e.Session?.Value },
        { "device_type", e.DeviceType },
        { "page_type", e.PageType },
        { "page_load_ms", e.PageLoadMs },
        { "page_dwell_ms", e.PageDwellMs },
        { "quantity", e.Quantity },
        { "unit_price_minor", e.UnitPriceMinor },
        { "revenue_minor", e.RevenueMinor },
        { "currency", e.Currency },
        { "order_id", e.Order?.Value },
        { "slate_id", e.Slate?.Value },
        { "position", e.Position },
    };
}
