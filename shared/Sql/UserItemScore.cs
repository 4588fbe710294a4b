using Aisle.Events;

namespace Aisle.Sql;

/// <summary>How strongly one shopper's feedback speaks for one product: a row of <c>user_item_scores</c>.</summary>
/// <param name="User">The shopper.</param>
/// <param name="Product">The product.</param>
/// <param name="Score">The weighted, decayed, damped and capped sum; positive.</param>
/// <param name="LastInteractionAt">The newest event that went into it.</param>
public readonly record struct UserItemScore(UserId User, ProductId Product, double Score, DateTimeOffset LastInteractionAt);
