using Aisle.Events;

namespace Aisle.Sql;

/// <summary>How many shoppers touched a product: a row of <c>popular_products</c>.</summary>
/// <param name="Product">Which.</param>
/// <param name="Shoppers">How many, at least 1.</param>
public readonly record struct PopularProduct(ProductId Product, long Shoppers);
