using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Events.Rules;
using Aisle.Events.Wire;
using Aisle.Local.Import.Files;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.Datasets;

/// <summary>REES46 (Kaggle, "eCommerce behavior data from multi category store" and its kin): views, carts and purchases
/// with category, brand and price.</summary>
/// <remarks>Columns: event_time, event_type, product_id, category_id, category_code, brand, price, user_id, user_session. Prices come
/// without a currency: US dollars unless the operator says otherwise.</remarks>
public sealed class Rees46Importer : IDatasetImporter
{
    private static readonly string[] Columns = ["event_time", "event_type", "product_id", "category_code", "brand", "price", "user_id", "user_session"];

    /// <inheritdoc/>
    public string Name => "rees46";

    /// <inheritdoc/>
    public bool Recognizes(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.HasColumns(Columns);
    }

    /// <inheritdoc/>
    public IDatasetReading Open(DatasetFile file, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        CsvRows rows = new(file.Text(options.Encoding), Name, Columns);
        return new RowsReading(rows, new Reader(rows, new RowMaker(rows, options), options.Currency ?? "USD"));
    }

    private sealed class Reader(CsvRows rows, RowMaker maker, string currency) : IRowReader
    {
        private readonly NamedProducts _products = new();
        private readonly OccurrenceCounter _occurrences = new();

        public IReadOnlyCollection<Product> Products => _products.All;

        public IEnumerable<ImportedRow> Read()
        {
            List<EventFault> faults = [];
            EventType? type = TypeOf(rows["event_type"], faults);
            DateTimeOffset? at = maker.Time("event_time", rows["event_time"], faults);
            decimal? price = RowMaker.Amount("price", rows["price"], faults);
            bool isSale = type == EventType.Purchase;
            ImportedRow row = maker.Event(type?.WireName() ?? "", new RawEvent
            {
                EventId = Key(),
                UserId = FieldText.OrNull(rows["user_id"]),
                EventType = type?.WireName(),
                ProductId = FieldText.OrNull(rows["product_id"]),
                EventTimestamp = at,
                SessionId = FieldText.OrNull(rows["user_session"]),
                Quantity = isSale ? 1 : null,
                UnitPrice = price,
                Revenue = isSale ? price : null,
                Currency = price is null ? null : currency,
            }, faults);
            Remember(row, price);
            return [row];
        }

        private static EventType? TypeOf(string name, List<EventFault> faults)
        {
            EventType? type = name switch
            {
                "view" => EventType.View,
                "cart" => EventType.AddToCart,
                "remove_from_cart" => EventType.RemoveFromCart,
                "purchase" => EventType.Purchase,
                _ => null,
            };
            if (type is null)
            {
                faults.Add(new EventFault("event_type", $"'{name}' is unknown", "REES46 has view, cart, remove_from_cart and purchase."));
            }

            return type;
        }

        // Equal lines of one second are several pieces, in the data set's own counting.
        private string Key()
        {
            string line = string.Join('|', rows["user_session"], rows["user_id"], rows["event_type"], rows["product_id"]);
            return EventKey.Digest("rees46", $"{rows["event_time"]}|{line}|{_occurrences.Next(rows["event_time"], line)}");
        }

        private void Remember(ImportedRow row, decimal? price)
        {
            if (row is not ImportedRow.Accepted { Content: { Product: { } product } content })
            {
                return;
            }

            string[] categories = rows["category_code"].Split('.', 2);
            _products.Add(
                new RawProduct
                {
                    ProductId = product.Value,
                    Category = FieldText.OrNull(categories[0]),
                    Subcategory = categories.Length > 1 ? FieldText.OrNull(categories[1]) : null,
                    Brand = FieldText.OrNull(rows["brand"]),
                    Price = price,
                    Currency = price is null ? null : currency,
                },
                content.OccurredAt);
        }
    }
}
