namespace Aisle.Local.DemoShop.Shoppers;

/// <summary>Everything about one shopper that the simulation needs.</summary>
/// <param name="Index">The shopper's number.</param>
/// <param name="Known">What the shop knows.</param>
/// <param name="Taste">What only the simulation knows.</param>
internal sealed record Visitor(int Index, DemoShopper Known, Taste Taste);
