namespace Aisle.Local.Import;

/// <summary>RetailRocket (Kaggle, 2016): views, carts and transactions of a shop, ids only.</summary>
/// <remarks>Both the published columns (timestamp in milliseconds, visitorid, event, itemid) and those of derived files (user_id, item_id, event, timestamp in seconds) are understood.</remarks>
public sealed class RetailRocketImporter : IDatasetImporter
{
    /// <inheritdoc/>
    public string Name => "retailrocket";

    /// <inheritdoc/>
    public string Description => "RetailRocket: view, addtocart and transaction events with unix times; ids only.";

    /// <inheritdoc/>
    public IDatasetReading Open(TextReader text)
    {
        CsvRows rows = new(text, Name, "event", "timestamp");
        (string user, string item) = rows.Has("visitorid") ? ("visitorid", "itemid") : ("user_id", "item_id");
        return rows.Has(user) && rows.Has(item)
            ? new RetailRocketReading(rows, user, item)
            : throw new DatasetFormatException($"{Name} has the columns visitorid and itemid, or user_id and item_id; this file has neither pair. Name the file's own format, or add the columns.");
    }
}
