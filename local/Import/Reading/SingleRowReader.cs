using Aisle.Catalogue;

namespace Aisle.Local.Import.Reading;

/// <summary>Understands a file whose rows say one thing each, such as products.</summary>
/// <param name="read">Reads the present row.</param>
internal sealed class SingleRowReader(Func<ImportedRow> read) : IRowReader
{
    /// <inheritdoc/>
    public IReadOnlyCollection<Product> Products => [];

    /// <inheritdoc/>
    public IEnumerable<ImportedRow> Read() => [read()];
}
