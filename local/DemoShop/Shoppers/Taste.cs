namespace Aisle.Local.DemoShop.Shoppers;

/// <summary>What one shopper likes: two personas and a little of their own.</summary>
/// <param name="Main">The persona behind most visits.</param>
/// <param name="Second">The persona behind some.</param>
/// <param name="Own">Shelves that only this shopper's whim explains.</param>
/// <param name="PriceQuantile">How dear things should be, in [0, 1).</param>
internal sealed record Taste(Persona Main, Persona Second, int[] Own, double PriceQuantile);
