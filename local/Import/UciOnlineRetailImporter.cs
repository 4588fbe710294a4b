namespace Aisle.Local.Import;

/// <summary>UCI Online Retail (Chen, Sain and Guo 2012): the invoices of a British gift wholesaler, one line a product.</summary>
/// <remarks>Columns: InvoiceNo (C… is a credit note), StockCode, Description, Quantity, InvoiceDate, UnitPrice in pounds, CustomerID (may be empty), Country.</remarks>
public sealed class UciOnlineRetailImporter : IDatasetImporter
{
    /// <inheritdoc/>
    public string Name => "uci-online-retail";

    /// <inheritdoc/>
    public string Description => "UCI Online Retail: invoices with stock codes, descriptions, prices in GBP, credit notes and customers.";

    /// <inheritdoc/>
    public IDatasetReading Open(TextReader text) => new UciOnlineRetailReading(
        new CsvRows(text, Name, "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"));
}
