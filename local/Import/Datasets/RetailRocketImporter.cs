using Aisle.Local.Import.Files;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.Datasets;

/// <summary>RetailRocket (Kaggle, 2016): views, carts and transactions of a shop, ids only.</summary>
/// <remarks>Both the published columns (timestamp in milliseconds, visitorid, event, itemid) and those of derived files (user_id, item_id,
/// event, timestamp in seconds) are understood.</remarks>
public sealed class RetailRocketImporter : IDatasetImporter
{
    /// <inheritdoc/>
    public string Name => "retailrocket";

    /// <inheritdoc/>
    public bool Recognizes(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.HasColumns("timestamp", "visitorid", "event", "itemid") || head.HasColumns("user_id", "item_id", "event", "timestamp");
    }

    /// <inheritdoc/>
    public IDatasetReading Open(DatasetFile file, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        CsvRows rows = new(file.Text(options.Encoding), Name, "event", "timestamp");
        (string user, string item) = rows.Has("visitorid") ? ("visitorid", "itemid") : ("user_id", "item_id");
        if (rows.Has(user) && rows.Has(item))
        {
            return new RowsReading(rows, new RetailRocketReader(rows, user, item));
        }

        rows.Dispose();
        throw new DatasetFormatException($"{Name} has the columns visitorid and itemid, or user_id and item_id; this file has neither "
            + "pair. Name the file's own format, or add the columns.");
    }
}
