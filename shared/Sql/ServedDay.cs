namespace Aisle.Sql;

/// <summary>What one strategy answered on one day and surface: a row of <c>served_days</c>.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Surface">The shelf, such as <c>home</c>.</param>
/// <param name="Strategies">How the slates were made, joined as the log joins them.</param>
/// <param name="Slates">How many.</param>
/// <param name="Clicked">How many of them were clicked at least once.</param>
public sealed record ServedDay(DateOnly Day, string Surface, string Strategies, long Slates, long Clicked);
