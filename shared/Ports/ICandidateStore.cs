using Aisle.Candidates.Lists;
using Aisle.Events;

namespace Aisle.Ports;

/// <summary>Precomputed candidate lists by model version, and the pointer to the version that serves.</summary>
public interface ICandidateStore
{
    /// <summary>Writes lists under a version that does not serve yet. Writing a list again replaces it, so a
    /// broken-off write is simply repeated.</summary>
    Task WriteAsync(string modelVersion, IReadOnlyList<CandidateList> lists, CancellationToken cancellationToken);

    /// <summary>One shopper's list under one version, or null when there is none.</summary>
    Task<CandidateList?> ReadAsync(string modelVersion, UserId user, CancellationToken cancellationToken);

    /// <summary>The pointer, or null before the first model.</summary>
    Task<ServingManifest?> ReadManifestAsync(CancellationToken cancellationToken);

    /// <summary>Flips the pointer. The lists of its version must be complete.</summary>
    Task PublishAsync(ServingManifest manifest, CancellationToken cancellationToken);

    /// <summary>Removes all lists of a version; the serving one is refused.</summary>
    /// <exception cref="InvalidOperationException">The version serves.</exception>
    Task DropAsync(string modelVersion, CancellationToken cancellationToken);

    /// <summary>Removes one shopper's lists under every version.</summary>
    /// <returns>How many lists were removed.</returns>
    Task<int> DeleteUserAsync(UserId user, CancellationToken cancellationToken);
}
