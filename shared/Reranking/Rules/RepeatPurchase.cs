namespace Aisle.Reranking.Rules;

/// <summary>A category whose products are bought again: there, a purchase hides a product only for a while.</summary>
/// <param name="Category">The category or subcategory, as the catalogue spells it.</param>
/// <param name="After">How long after a purchase the product is shown again; null for the interval that was learnt from
/// orders, and at once where none could be.</param>
public sealed record RepeatPurchase(string Category, TimeSpan? After);
