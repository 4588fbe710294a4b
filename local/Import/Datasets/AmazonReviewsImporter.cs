using Aisle.Catalogue;
using Aisle.Events.Rules;
using Aisle.Events.Wire;
using Aisle.Local.Import.Files;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.Datasets;

/// <summary>Amazon reviews (McAuley, 2014 and 2018): each review is a purchase of what it reviews, without an amount.</summary>
/// <remarks>As CSV with a header or as JSON Lines; fields: reviewerID, asin, unixReviewTime, overall; summary and reviewText are not kept,
/// for they are the reviewers' words.</remarks>
public sealed class AmazonReviewsImporter : IDatasetImporter
{
    private static readonly string[] Columns = ["reviewerID", "asin", "overall", "unixReviewTime"];

    /// <inheritdoc/>
    public string Name => "amazon-reviews";

    /// <inheritdoc/>
    public bool Recognizes(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.HasColumns(Columns) || (IsJson(head) && Columns.All(column => head.FirstLine.Contains($"\"{column}\"", StringComparison.Ordinal)));
    }

    /// <inheritdoc/>
    public IDatasetReading Open(DatasetFile file, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        IRows rows = IsJson(new FileHead(file)) ? new JsonRows(file.Text(options.Encoding)) : new CsvRows(file.Text(options.Encoding), Name, Columns);
        return new RowsReading(rows, new Reader(rows, new RowMaker(rows, options)));
    }

    private static bool IsJson(FileHead head) => head.FirstLine.StartsWith('{');

    private sealed class Reader(IRows rows, RowMaker maker) : IRowReader
    {
        private readonly NamedProducts _products = new();

        public IReadOnlyCollection<Product> Products => _products.All;

        public IEnumerable<ImportedRow> Read()
        {
            List<EventFault> faults = [];
            string stars = rows["overall"] is { Length: > 0 } overall ? overall[..1] : "?";
            ImportedRow row = maker.Event($"review of {stars} stars, as purchase", new RawEvent
            {
                EventId = EventKey.Of("amazon", rows["reviewerID"], rows["asin"], rows["unixReviewTime"]),
                UserId = FieldText.OrNull(rows["reviewerID"]),
                EventType = "purchase",
                ProductId = FieldText.OrNull(rows["asin"]),
                EventTimestamp = maker.Time("unixReviewTime", rows["unixReviewTime"], faults),
                Quantity = 1,
            }, faults);
            _products.AddIdOf(row);

            return [row];
        }
    }
}
