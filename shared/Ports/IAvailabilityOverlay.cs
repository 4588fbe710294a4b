using Aisle.Catalogue;

namespace Aisle.Ports;

/// <summary>Price and stock changes since the bundle, so that they act within a second without touching the lists.</summary>
public interface IAvailabilityOverlay
{
    /// <summary>Records changes; the store gives each a version greater than all before. The version of what is
    /// handed in is ignored.</summary>
    Task RecordAsync(IReadOnlyList<Availability> changes, CancellationToken cancellationToken);

    /// <summary>The latest change of each product whose version is greater than <paramref name="afterVersion"/>, by version.</summary>
    Task<IReadOnlyList<Availability>> ReadSinceAsync(long afterVersion, CancellationToken cancellationToken);
}
