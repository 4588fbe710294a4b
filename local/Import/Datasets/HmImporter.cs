using System.Globalization;
using Aisle.Catalogue;
using Aisle.Events.Rules;
using Aisle.Events.Wire;
using Aisle.Local.Import.Files;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.Datasets;

/// <summary>H&amp;M Personalized Fashion Recommendations (Kaggle, 2022): two years of purchases by day, and in a
/// file of its own the articles.</summary>
/// <remarks>
/// Transactions: t_dat (a day), customer_id, article_id, price, sales_channel_id (1 store, 2 online). The price is scaled by the publisher
/// and has no currency, so it is not taken as an amount. Articles: article_id, prod_name, product_type_name, product_group_name,
/// colour_group_name, index_name, section_name, detail_desc and others.
/// </remarks>
public sealed class HmImporter : IDatasetImporter
{
    private static readonly string[] SaleColumns = ["t_dat", "customer_id", "article_id", "price", "sales_channel_id"];
    private static readonly string[] ArticleColumns = ["article_id", "prod_name", "product_type_name", "product_group_name", "colour_group_name", "detail_desc"];

    /// <inheritdoc/>
    public string Name => "hm";

    /// <inheritdoc/>
    public bool Recognizes(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.HasColumns(SaleColumns) || head.HasColumns(ArticleColumns);
    }

    /// <inheritdoc/>
    public IDatasetReading Open(DatasetFile file, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        CsvRows rows = new(file.Text(options.Encoding), Name, "article_id");
        bool isArticles = rows.Has("prod_name") || rows.Has("detail_desc");
        RequiredColumns.Check(rows, Name, isArticles ? ArticleColumns : SaleColumns);
        RowMaker maker = new(rows, options);
        return new RowsReading(rows, isArticles ? new SingleRowReader(() => Article(rows, maker)) : new SaleReader(rows, maker));
    }

    private static ImportedRow Article(CsvRows rows, RowMaker maker) => maker.Product("article", new RawProduct
    {
        ProductId = FieldText.OrNull(rows["article_id"]),
        Title = FieldText.OrNull(rows["prod_name"]),
        Category = FieldText.OrNull(rows["product_group_name"]),
        Subcategory = FieldText.OrNull(rows["product_type_name"]),
        Brand = FieldText.OrNull(rows["index_name"]),
        Description = FieldText.OrNull(rows["detail_desc"]),
        Tags = [.. new[] { rows["colour_group_name"], rows["section_name"], rows["graphical_appearance_name"] }.Where(tag => tag.Length > 0).Distinct()],
    });

    private sealed class SaleReader(CsvRows rows, RowMaker maker) : IRowReader
    {
        private readonly OccurrenceCounter _occurrences = new();
        private readonly NamedProducts _products = new();

        public IReadOnlyCollection<Product> Products => _products.All;

        public IEnumerable<ImportedRow> Read()
        {
            List<EventFault> faults = [];
            string day = rows["t_dat"];
            string customer = rows["customer_id"];
            string article = rows["article_id"];
            string again = _occurrences.Next($"{day}|{customer}", article).ToString(CultureInfo.InvariantCulture);
            ImportedRow row = maker.Event(rows["sales_channel_id"] == "1" ? "purchase in a store" : "purchase online", new RawEvent
            {
                EventId = EventKey.Of("hm", customer, day, article, again),
                UserId = FieldText.OrNull(customer),
                EventType = "purchase",
                ProductId = FieldText.OrNull(article),
                EventTimestamp = maker.Time("t_dat", day, faults),
                Quantity = 1,
                OrderId = EventKey.Of("hm", customer, day),
            }, faults);
            _products.AddIdOf(row);

            return [row];
        }
    }
}
