using Aisle.Events;

namespace Aisle.Benchmarks.Shops;

/// <summary>One thing that a shopper of a public data set did.</summary>
/// <param name="User">The data set's own id.</param>
/// <param name="Product">The data set's own id.</param>
/// <param name="Type">View, cart or purchase.</param>
/// <param name="At">When; made up from the order where the data set has only that.</param>
/// <param name="Order">The order it belongs to; null when unknown.</param>
internal readonly record struct ShopEvent(string User, string Product, EventType Type, DateTimeOffset At, string? Order = null);
