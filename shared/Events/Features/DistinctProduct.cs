namespace Aisle.Events.Features;

/// <summary>One of the distinct products that a shopper touched last.</summary>
/// <param name="Product">Which.</param>
/// <param name="LastTouchedAt">When it was last touched: event time, UTC.</param>
/// <param name="LastEvent">The event of that moment; breaks ties.</param>
public sealed record DistinctProduct(ProductId Product, DateTimeOffset LastTouchedAt, EventId LastEvent);
