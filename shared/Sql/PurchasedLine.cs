using Aisle.Events;

namespace Aisle.Sql;

/// <summary>One line of an order: a row of <c>order_lines</c>.</summary>
/// <param name="Order">The order; null when the sender named none.</param>
/// <param name="User">Who bought; null for a sale whose buyer is unknown.</param>
/// <param name="Product">What was bought.</param>
/// <param name="OccurredAt">When, UTC.</param>
public readonly record struct PurchasedLine(OrderId? Order, UserId? User, ProductId Product, DateTimeOffset OccurredAt);
