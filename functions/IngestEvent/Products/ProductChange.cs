using Aisle.Catalogue;

namespace Aisle.IngestEvent.Products;

/// <summary>A change of price or stock of one product.</summary>
/// <param name="InStock">Whether it can be bought now; null leaves it as it is.</param>
/// <param name="PriceMinor">The new price in minor units; null leaves it as it is.</param>
/// <param name="Currency">ISO 4217 code; null exactly when there is no new price.</param>
public sealed record ProductChange(bool? InStock, long? PriceMinor, string? Currency)
{
    /// <summary>The product after the change.</summary>
    public Product ApplyTo(Product product)
    {
        ArgumentNullException.ThrowIfNull(product);
        return product with
        {
            InStock = InStock ?? product.InStock,
            PriceMinor = PriceMinor ?? product.PriceMinor,
            Currency = PriceMinor is null ? product.Currency : Currency,
        };
    }
}
