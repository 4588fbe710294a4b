namespace Aisle.Sql;

/// <summary>How many visitors of a variant brought one amount: a row of <c>experiment_revenue</c>.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="RevenueMinor">Purchases less refunds after exposure, minor units.</param>
/// <param name="Visitors">How many; those without a purchase or refund are in no row.</param>
public sealed record RevenueShare(string Variant, long RevenueMinor, long Visitors);
