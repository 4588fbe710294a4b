using Aisle.Local.Import.Files;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.Datasets;

/// <summary>UCI Online Retail (Chen, Sain and Guo 2012): the invoices of a British gift wholesaler, one line a product.</summary>
/// <remarks>Columns: InvoiceNo (C… is a credit note), StockCode, Description, Quantity, InvoiceDate, UnitPrice in pounds,
/// CustomerID (may be empty), Country.</remarks>
public sealed class UciOnlineRetailImporter : IDatasetImporter
{
    /// <inheritdoc/>
    public string Name => "uci-online-retail";

    /// <inheritdoc/>
    public bool Recognizes(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.HasColumns("InvoiceNo", "StockCode", "UnitPrice");
    }

    /// <inheritdoc/>
    public IDatasetReading Open(DatasetFile file, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        CsvRows rows = new(
            file.Text(options.Encoding), Name, "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID");
        return new RowsReading(rows, new UciOnlineRetailReader(rows));
    }
}
