using Aisle.Events;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.Mapping;

/// <summary>Our fields of the present row, wherever the map finds them.</summary>
internal sealed class MappedFields(IRows rows, ColumnMap? map)
{
    /// <summary>The fields of an event that a map may name.</summary>
    public static IReadOnlyList<string> OfEvents { get; } =
    [
        "event_id", "user_id", "assignment_id", "event_type", "product_id", "event_timestamp", "session_id", "device_type", "page_type", "page_load_ms", "page_dwell_ms",
        "quantity", "unit_price", "revenue", "currency", "order_id", "slate_id", "position",
    ];

    /// <summary>The fields of a product that a map may name.</summary>
    public static IReadOnlyList<string> OfProducts { get; } =
        ["product_id", "title", "category", "subcategory", "brand", "price", "currency", "description", "tags", "created_date", "image_url", "in_stock"];

    /// <summary>Whether rows are products; without a map the columns tell.</summary>
    public bool AreProducts => map?.IsOfProducts ?? (
        this["event_type"].Length == 0 && this["event_timestamp"].Length == 0
        && (this["title"].Length > 0 || this["category"].Length > 0 || this["price"].Length > 0));

    /// <summary>A field's text; empty when there is none.</summary>
    public string this[string field] => map is null ? rows[field]
        : map.Constants.TryGetValue(field, out string? constant) ? constant
        : map.Columns.TryGetValue(field, out string? column) ? rows[column]
        : "";

    /// <summary>A field's text; null when there is none.</summary>
    public string? Find(string field) => FieldText.OrNull(this[field]);

    /// <summary>The event type in our words.</summary>
    public string? EventType => Find("event_type") is not { } word ? null
        : map?.Types.TryGetValue(word, out string? ours) == true ? ours
        : EventTypes.TryParse(word, out _) ? word
        : Known(word);

    // What shops most often call these.
    private static string Known(string word) => word.ToLowerInvariant() switch
    {
        "cart" or "addtocart" or "add-to-cart" => "add_to_cart",
        "buy" or "order" or "sale" or "transaction" => "purchase",
        "detail" or "product_view" or "view_item" => "view",
        "return" => "refund",
        _ => word,
    };
}
