namespace Aisle.Local.Import.Rows;

/// <summary>A file as rows with named fields, one at a time: CSV, JSON Lines, Parquet.</summary>
internal interface IRows : IDisposable
{
    /// <summary>The number of the present row in the file, from 1; a header counts.</summary>
    long Line { get; }

    /// <summary>A field of the present row without space around it; empty when it is missing.</summary>
    string this[string column] { get; }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="DatasetFormatException">The file cannot be read on; the message names the line.</exception>
    ValueTask<bool> NextAsync(CancellationToken cancellationToken);

    /// <summary>Why the present row cannot be used at all; null when it can.</summary>
    string? Defect();

    /// <summary>The present row as it stands in the file, or the closest to it.</summary>
    string Text();
}
