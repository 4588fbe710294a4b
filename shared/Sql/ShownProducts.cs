namespace Aisle.Sql;

/// <summary>How many products were shown equally often to visitors of a variant: a row of <c>experiment_items</c>.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Bucket">The statistics bucket of these visitors, independent of the assignment's; null for all
/// visitors of the variant.</param>
/// <param name="Impressions">How often each of the products was shown to them, positive.</param>
/// <param name="Products">How many products.</param>
public sealed record ShownProducts(string Variant, long? Bucket, long Impressions, long Products);
