using Aisle.Experiments;

namespace Aisle.Ports;

/// <summary>Who was exposed to which variant, and when first.</summary>
public interface IExposureLog
{
    /// <summary>Appends exposures; repeats are allowed, and readers take the earliest of each assignment.</summary>
    Task AppendAsync(IReadOnlyList<Exposure> exposures, CancellationToken cancellationToken);
}
