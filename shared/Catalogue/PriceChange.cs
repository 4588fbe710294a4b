using Aisle.Events;

namespace Aisle.Catalogue;

/// <summary>What a product cost, and whether it could be bought, from an instant on.</summary>
/// <param name="Product">Whose it is.</param>
/// <param name="At">From when, UTC, until the next change.</param>
/// <param name="PriceMinor">The price in minor units; null when unknown.</param>
/// <param name="Currency">ISO 4217 code; null exactly when there is no price.</param>
/// <param name="InStock">Whether it could be bought; false too once it has left the catalogue.</param>
public sealed record PriceChange(ProductId Product, DateTimeOffset At, long? PriceMinor, string? Currency, bool InStock)
{
    /// <summary>Whether both say the same, whenever they say it.</summary>
    public bool SaysTheSameAs(PriceChange other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (PriceMinor, Currency, InStock) == (other.PriceMinor, other.Currency, other.InStock);
    }
}
