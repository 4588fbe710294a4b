using System.Globalization;
using Aisle.Catalogue;
using Aisle.Events.Wire;
using Aisle.Local.Import.Files;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.Datasets;

/// <summary>Ordered purchases without times, as papers on sequential recommendation publish them: one user a line.</summary>
/// <remarks>
/// Two layouts: <c>1 17 42 9</c> (user, then items, spaces between) and CSV with the columns user_id and items (spaces between the items).
/// There are no times, and a shop has some: a user's last purchase is given <see cref="EndsAt"/>, each one before it a day earlier. So
/// the order is kept, and a holdout of the last day is the papers' leave-one-out. Layout with names: a CSV with item_id, title,
/// description and brand is the catalogue to it.
/// </remarks>
public sealed class AmazonSequencesImporter : IDatasetImporter
{
    private static readonly string[] SequenceColumns = ["user_id", "items"];
    private static readonly string[] ItemColumns = ["item_id", "title", "description", "brand"];

    /// <summary>The time that each user's last purchase is given.</summary>
    public static DateTimeOffset EndsAt { get; } = new(2020, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public string Name => "amazon-sequences";

    /// <inheritdoc/>
    public bool Recognizes(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.HasColumns(SequenceColumns) || head.HasColumns(ItemColumns) || IsPlain(head);
    }

    /// <inheritdoc/>
    public IDatasetReading Open(DatasetFile file, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        FileHead head = new(file);
        if (IsPlain(head))
        {
            LineRows lines = new(file.Text(options.Encoding));
            return new RowsReading(lines, new Reader(lines, new RowMaker(lines, options)));
        }

        CsvRows rows = new(file.Text(options.Encoding), Name, head.HasColumns(ItemColumns) ? ItemColumns : SequenceColumns);
        RowMaker maker = new(rows, options);
        return new RowsReading(rows, head.HasColumns(ItemColumns) ? new SingleRowReader(() => Item(rows, maker)) : new Reader(rows, maker));
    }

    private static bool IsPlain(FileHead head) =>
        head.FirstLine.Split(' ') is { Length: > 1 } words && words.All(word => word.Length > 0 && word.All(char.IsAsciiDigit));

    private static ImportedRow Item(CsvRows rows, RowMaker maker) => maker.Product("item", new RawProduct
    {
        ProductId = FieldText.OrNull(rows["item_id"]),
        Title = FieldText.OrNull(rows["title"]),
        Description = FieldText.OrNull(rows["description"].Trim('[', ']', '"', '\'')),
        Brand = FieldText.OrNull(rows["brand"]),
    });

    private sealed class Reader(IRows rows, RowMaker maker) : IRowReader
    {
        private readonly NamedProducts _products = new();

        public IReadOnlyCollection<Product> Products => _products.All;

        public IEnumerable<ImportedRow> Read()
        {
            string user = rows["user_id"];
            string[] items = rows["items"].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (items.Length == 0)
            {
                yield return maker.LeftOut("a user without items");
            }

            for (int i = 0; i < items.Length; i++)
            {
                ImportedRow row = maker.Event("purchase, its time made of its place in the sequence", new RawEvent
                {
                    EventId = EventKey.Of("seq", user, i.ToString(CultureInfo.InvariantCulture), items[i]),
                    UserId = FieldText.OrNull(user),
                    EventType = "purchase",
                    ProductId = items[i],
                    EventTimestamp = EndsAt.AddDays(i - items.Length + 1),
                    Quantity = 1,
                });
                _products.AddIdOf(row);

                yield return row;
            }
        }
    }
}
