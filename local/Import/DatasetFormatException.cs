namespace Aisle.Local.Import;

/// <summary>A file is not of the format that it was said to be.</summary>
/// <param name="message">What was found, what was expected, and the remedy.</param>
public sealed class DatasetFormatException(string message) : Exception(message);
