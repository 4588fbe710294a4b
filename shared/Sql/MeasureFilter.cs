namespace Aisle.Sql;

/// <summary>A condition on the events of a measure: a column holds exactly this text, or any text.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">What it must hold; null when anything but NULL will do.</param>
public sealed record MeasureFilter(MeasureFilterColumn Column, string? Value);
