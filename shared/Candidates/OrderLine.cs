using Aisle.Events;

namespace Aisle.Candidates;

/// <summary>One product of one order, for what is bought together and what a shopper already has.</summary>
/// <param name="Order">The order.</param>
/// <param name="User">Who ordered; null for a sale whose buyer is unknown, which still says what goes together.</param>
/// <param name="Product">What was bought.</param>
public readonly record struct OrderLine(OrderId Order, UserId? User, ProductId Product);
