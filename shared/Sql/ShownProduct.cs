namespace Aisle.Sql;

/// <summary>How often a product was shown to the visitors of a variant: a row of <c>experiment_items</c>.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Bucket">The statistics bucket of these visitors, independent of the assignment's.</param>
/// <param name="Product">The product.</param>
/// <param name="Impressions">How often.</param>
public sealed record ShownProduct(string Variant, long Bucket, string Product, long Impressions);
