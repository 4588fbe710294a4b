using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.Ports;

/// <summary>What each product cost and when that changed.</summary>
public interface IPriceHistory
{
    /// <summary>Takes note of prices as they are from their instants on. One that says what the product's latest says changes
    /// nothing, and a repetition is kept once.</summary>
    Task RecordAsync(IReadOnlyList<PriceChange> changes, CancellationToken cancellationToken);

    /// <summary>The changes of one product, oldest first; of neighbours that say the same only the first. Empty
    /// for an unknown product.</summary>
    Task<IReadOnlyList<PriceChange>> ReadAsync(ProductId product, CancellationToken cancellationToken);
}
