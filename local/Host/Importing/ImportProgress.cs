namespace Aisle.Host.Importing;

/// <summary>How far an import is.</summary>
/// <param name="Rows">How many rows were handled.</param>
/// <param name="BytesRead">How much of the file was read.</param>
/// <param name="Bytes">How large it is.</param>
internal readonly record struct ImportProgress(long Rows, long BytesRead, long Bytes);
