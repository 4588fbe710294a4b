using Aisle.Catalogue;

namespace Aisle.Local.Import.Reading;

/// <summary>Understands the rows of one format.</summary>
internal interface IRowReader
{
    /// <summary>What the present row says: usually one thing.</summary>
    IEnumerable<ImportedRow> Read();

    /// <summary>The products that the rows so far named beside their events, ordered by id.</summary>
    IReadOnlyCollection<Product> Products { get; }
}
