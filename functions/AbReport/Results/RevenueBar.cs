namespace Aisle.AbReport.Results;

/// <summary>How many visitors of a variant brought an amount of a range.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="From">The least amount, in units of the currency.</param>
/// <param name="To">The first amount that belongs to the next range.</param>
/// <param name="Visitors">How many.</param>
public sealed record RevenueBar(string Variant, double From, double To, long Visitors);
