using Aisle.Catalogue;

namespace Aisle.Local.Import;

/// <summary>Understands a file of products, one a row.</summary>
/// <param name="read">Reads the present row.</param>
internal sealed class ProductReader(Func<ImportedRow> read) : IRowReader
{
    /// <inheritdoc/>
    public IReadOnlyCollection<Product> Products => [];

    /// <inheritdoc/>
    public IEnumerable<ImportedRow> Read() => [read()];
}
