using System.Globalization;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Events.Rules;
using Aisle.Events.Wire;
using Aisle.Local.Import.Files;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.Datasets;

/// <summary>Complete Journey (dunnhumby): the baskets of 2,500 households over a year, and in a file of its own
/// what the products are.</summary>
/// <remarks>
/// Transactions: household_id, store_id, basket_id, product_id, quantity, sales_value (what the shop received for the line, US dollars),
/// retail_disc, …, transaction_timestamp. Products: product_id, manufacturer_id, department, brand (National or Private), product_category,
/// product_type, package_size. Demographics: household_id, age, income, …; the age becomes the shopper's age bracket, the rest is not kept.
/// </remarks>
public sealed class CompleteJourneyImporter : IDatasetImporter
{
    private const string Currency = "USD";
    private static readonly string[] SaleColumns = ["household_id", "basket_id", "product_id", "quantity", "sales_value", "transaction_timestamp"];
    private static readonly string[] ProductColumns = ["product_id", "department", "brand", "product_category", "product_type", "package_size"];

    private static readonly string[] HouseholdColumns = ["household_id", "age", "income", "household_size"];

    /// <inheritdoc/>
    public string Name => "complete-journey";

    /// <inheritdoc/>
    public bool Recognizes(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.HasColumns(SaleColumns) || head.HasColumns(ProductColumns) || head.HasColumns(HouseholdColumns);
    }

    /// <inheritdoc/>
    public IDatasetReading Open(DatasetFile file, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        CsvRows rows = new(file.Text(options.Encoding), Name);
        RowMaker maker = new(rows, options);
        if (rows.Has("age"))
        {
            RequiredColumns.Check(rows, Name, HouseholdColumns);
            return new RowsReading(rows, new SingleRowReader(() => Household(rows, maker)));
        }

        bool isProducts = rows.Has("product_category") || rows.Has("department");
        RequiredColumns.Check(rows, Name, isProducts ? ProductColumns : SaleColumns);
        return new RowsReading(rows, isProducts ? new SingleRowReader(() => Product(rows, maker)) : new SaleReader(rows, maker));
    }

    private static ImportedRow Household(CsvRows rows, RowMaker maker)
    {
        string household = rows["household_id"];
        string age = rows["age"];
        return !Identity.IsValid(household) ? maker.LeftOut("household_id is empty or too long")
            : age.Length is 0 or > 64 || age == "NA" ? maker.LeftOut("a household of unknown age")
            : new ImportedRow.Described(rows.Line, "household's age bracket", new ImportedShopper(household, age));
    }

    private static ImportedRow Product(CsvRows rows, RowMaker maker)
    {
        string title = $"{rows["product_type"]} {rows["package_size"]}".Trim();
        return maker.Product("product", new RawProduct
        {
            ProductId = FieldText.OrNull(rows["product_id"]),
            Title = FieldText.OrNull(title) ?? FieldText.OrNull(rows["product_category"]),
            Category = FieldText.OrNull(rows["department"]),
            Subcategory = FieldText.OrNull(rows["product_category"]),
            Brand = FieldText.OrNull(rows["brand"]),
        });
    }

    private sealed class SaleReader(CsvRows rows, RowMaker maker) : IRowReader
    {
        private readonly OccurrenceCounter _occurrences = new();
        private readonly NamedProducts _products = new();

        public IReadOnlyCollection<Product> Products => _products.All;

        public IEnumerable<ImportedRow> Read()
        {
            List<EventFault> faults = [];
            decimal? value = RowMaker.Amount("sales_value", rows["sales_value"], faults);
            decimal? quantity = RowMaker.Whole("quantity", rows["quantity"], faults);
            value = RowMaker.Within("sales_value", value, faults);
            DateTimeOffset? at = maker.Time("transaction_timestamp", rows["transaction_timestamp"], faults);
            if (quantity == 0 && faults.Count == 0)
            {
                return [maker.LeftOut("nothing sold: a quantity of 0, as of a coupon")];
            }

            return [Sale(value, quantity, at, faults)];
        }

        private ImportedRow Sale(decimal? value, decimal? quantity, DateTimeOffset? at, List<EventFault> faults)
        {
            string basket = rows["basket_id"];
            string product = rows["product_id"];
            ImportedRow row = maker.Event("sale", new RawEvent
            {
                EventId = EventKey.Of("cj", basket, product, _occurrences.Next(basket, product).ToString(CultureInfo.InvariantCulture)),
                UserId = FieldText.OrNull(rows["household_id"]),
                EventType = "purchase",
                ProductId = FieldText.OrNull(product),
                EventTimestamp = at,
                Quantity = (long?)quantity,
                UnitPrice = quantity > 0 ? value / quantity : null,
                Revenue = value,
                Currency = Currency,
                OrderId = FieldText.OrNull(basket),
            }, faults);
            if (row is ImportedRow.Accepted { Content: { Product: { } id } sale })
            {
                _products.Add(new RawProduct { ProductId = id.Value, Price = quantity > 0 ? value / quantity : null, Currency = Currency }, sale.OccurredAt);
            }

            return row;
        }
    }
}
