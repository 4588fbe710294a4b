using Aisle.Events;

namespace Aisle.Catalogue;

/// <summary>A change of price or stock since the model bundle was written; it acts on slates within a second.</summary>
/// <param name="Product">Whose it is.</param>
/// <param name="Version">Grows with each change of the overlay; a reader asks for what is newer than it knows.</param>
/// <param name="InStock">Whether it can be bought now.</param>
/// <param name="PriceMinor">The price now, minor units; null when unknown.</param>
/// <param name="Currency">ISO 4217 code; null exactly when there is no price.</param>
/// <param name="Deleted">Whether the product left the catalogue; then it is never shown.</param>
public sealed record Availability(
    ProductId Product, long Version, bool InStock, long? PriceMinor, string? Currency, bool Deleted);
