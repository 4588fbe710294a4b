using Aisle.Catalogue;

namespace Aisle.Local.Import;

/// <summary>One pass over one file.</summary>
public interface IDatasetReading : IDisposable
{
    /// <summary>The rows in the order of the file, read as they are asked for. May be enumerated once.</summary>
    /// <exception cref="DatasetFormatException">The file cannot be read to its end; the message names the line.</exception>
    IAsyncEnumerable<ImportedRow> RowsAsync(CancellationToken cancellationToken);

    /// <summary>The products that events named, by id; complete when the rows have been read.</summary>
    IReadOnlyCollection<Product> Products { get; }
}
