using Aisle.Local.Import.Files;

namespace Aisle.Local.Import;

/// <summary>Reads one format of shop data; the next format is one more implementation.</summary>
public interface IDatasetImporter
{
    /// <summary>What the command line calls the format, such as <c>uci-online-retail</c>.</summary>
    string Name { get; }

    /// <summary>Whether a file is of the format, by its first line.</summary>
    bool Recognizes(FileHead head);

    /// <summary>Whether a file of the format is the shop's whole catalogue, so that a product it lacks has left the shop.</summary>
    bool IsWholeCatalogue => false;

    /// <summary>Begins a pass over a file of the format.</summary>
    /// <param name="file">The file; stays the caller's.</param>
    /// <param name="options">What the operator says about it.</param>
    /// <exception cref="DatasetFormatException">The header is not that of the format.</exception>
    IDatasetReading Open(DatasetFile file, ImportOptions options);
}
