using Aisle.Catalogue;

namespace Aisle.Local.Import;

/// <summary>One pass over one file.</summary>
public interface IDatasetReading : IDisposable
{
    /// <summary>The rows in the order of the file, read as they are asked for. May be enumerated once.</summary>
    IEnumerable<ImportedRow> Rows();

    /// <summary>The products that the rows named, by id; complete when the rows have been read.</summary>
    IReadOnlyCollection<Product> Products { get; }
}
