using System.Globalization;
using Aisle.Catalogue;
using Aisle.Events.Rules;
using Aisle.Events.Wire;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.Mapping;

/// <summary>Understands rows by a column map.</summary>
internal sealed class MappedReader(IRows rows, MappedFields fields, RowMaker maker, string? currency) : IRowReader
{
    private readonly NamedProducts _products = new();
    private readonly OccurrenceCounter _occurrences = new();

    /// <inheritdoc/>
    public IReadOnlyCollection<Product> Products => _products.All;

    /// <inheritdoc/>
    public IEnumerable<ImportedRow> Read() => [fields.AreProducts ? Product() : Event()];

    private ImportedRow Event()
    {
        List<EventFault> faults = [];
        decimal? unitPrice = RowMaker.Amount("unit_price", fields["unit_price"], faults);
        decimal? revenue = RowMaker.Amount("revenue", fields["revenue"], faults);
        string? type = fields.EventType;
        ImportedRow row = maker.Event(type ?? "", new RawEvent
        {
            EventId = fields.Find("event_id") ?? Key(),
            UserId = fields.Find("user_id"),
            AssignmentId = fields.Find("assignment_id"),
            EventType = type,
            ProductId = fields.Find("product_id"),
            EventTimestamp = maker.Time("event_timestamp", fields["event_timestamp"], faults),
            SessionId = fields.Find("session_id"),
            DeviceType = fields.Find("device_type"),
            PageType = fields.Find("page_type"),
            PageLoadMs = RowMaker.Whole("page_load_ms", fields["page_load_ms"], faults),
            PageDwellMs = RowMaker.Whole("page_dwell_ms", fields["page_dwell_ms"], faults),
            Quantity = RowMaker.Whole("quantity", fields["quantity"], faults),
            UnitPrice = unitPrice,
            Revenue = type == "refund" && revenue > 0 ? -revenue : revenue,
            Currency = unitPrice is null && revenue is null ? null : fields.Find("currency") ?? currency,
            OrderId = fields.Find("order_id"),
            SlateId = fields.Find("slate_id"),
            Position = RowMaker.Whole("position", fields["position"], faults),
        }, faults);
        _products.AddIdOf(row);

        return row;
    }

    private ImportedRow Product()
    {
        List<EventFault> faults = [];
        decimal? price = RowMaker.Amount("price", fields["price"], faults);
        return maker.Product("product", new RawProduct
        {
            ProductId = fields.Find("product_id"),
            Title = fields.Find("title"),
            Category = fields.Find("category"),
            Subcategory = fields.Find("subcategory"),
            Brand = fields.Find("brand"),
            Price = price,
            Currency = fields.Find("currency") ?? (price is null ? null : currency),
            Description = fields.Find("description"),
            Tags = fields["tags"].Split([',', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            CreatedDate = maker.Time("created_date", fields["created_date"], faults) is { } day ? DateOnly.FromDateTime(day.UtcDateTime) : null,
            ImageUrl = fields.Find("image_url"),
            InStock = Stock(faults),
        }, faults);
    }

    private bool? Stock(List<EventFault> faults)
    {
        string text = fields["in_stock"].ToLowerInvariant();
        bool? inStock = text switch
        {
            "true" or "yes" or "1" or "in_stock" or "in stock" => true,
            "false" or "no" or "0" or "out_of_stock" or "out of stock" => false,
            _ => null,
        };
        if (inStock is null && text.Length > 0)
        {
            faults.Add(new EventFault("in_stock", $"'{text}' is neither true nor false", "Write true or false."));
        }

        return inStock;
    }

    // A row without an id of its own is known by all that it says; equal rows are numbered.
    private string Key()
    {
        string text = rows.Text();
        int before = _occurrences.Next(fields["event_timestamp"], text);
        return EventKey.Digest("row", before == 0 ? text : text + "|" + before.ToString(CultureInfo.InvariantCulture));
    }
}
