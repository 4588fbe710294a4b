namespace Aisle.Local.Import;

/// <summary>Reads one public format of shop data; the next format is one more implementation.</summary>
public interface IDatasetImporter
{
    /// <summary>What the command line calls the format, such as <c>uci-online-retail</c>.</summary>
    string Name { get; }

    /// <summary>The format in a sentence.</summary>
    string Description { get; }

    /// <summary>Opens a file of the format.</summary>
    /// <param name="text">The file's text, already decompressed; stays the caller's.</param>
    /// <exception cref="DatasetFormatException">The header is not that of the format.</exception>
    IDatasetReading Open(TextReader text);
}
