using System.Runtime.CompilerServices;
using Aisle.Catalogue;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.Reading;

/// <summary>One pass over a file of rows: those that are broken are left out, the rest is the format's to understand.</summary>
/// <param name="rows">The file; closed with the reading.</param>
/// <param name="reader">Understands a row.</param>
internal sealed class RowsReading(IRows rows, IRowReader reader) : IDatasetReading
{
    /// <inheritdoc/>
    public IReadOnlyCollection<Product> Products => reader.Products;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ImportedRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken))
        {
            if (rows.Defect() is { } defect)
            {
                yield return new ImportedRow.Rejected(rows.Line, defect, rows.Text());
                continue;
            }

            foreach (ImportedRow row in reader.Read())
            {
                yield return row;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => rows.Dispose();

    private async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await rows.NextAsync(cancellationToken);
        }
        catch (InvalidDataException broken)
        {
            throw new DatasetFormatException(
                $"The file breaks off after line {rows.Line} ({broken.Message.TrimEnd('.')}). Fetch it again and import it again: what "
                + "was imported stays and is not doubled.");
        }
    }
}
