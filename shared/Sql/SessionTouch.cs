using Aisle.Events;

namespace Aisle.Sql;

/// <summary>One product touched in a visit: a row of <c>session_touches</c>.</summary>
/// <param name="Session">The visit.</param>
/// <param name="Product">What was touched.</param>
/// <param name="OccurredAt">When, UTC.</param>
public readonly record struct SessionTouch(SessionId Session, ProductId Product, DateTimeOffset OccurredAt);
