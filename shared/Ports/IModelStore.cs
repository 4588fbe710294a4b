namespace Aisle.Ports;

/// <summary>Model bundles: immutable folders of files, one per version.</summary>
public interface IModelStore
{
    /// <summary>Where a version's files are readable as local files.</summary>
    /// <returns>The folder's path, or null when there is no complete bundle of this version.</returns>
    Task<string?> OpenAsync(string version, CancellationToken cancellationToken);

    /// <summary>Takes a finished folder as this version's bundle. Afterwards the bundle is complete or absent, never half there.</summary>
    Task SaveAsync(string version, string folder, CancellationToken cancellationToken);

    /// <summary>All complete versions, oldest first.</summary>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Removes a version; nothing happens when there is none.</summary>
    Task DeleteAsync(string version, CancellationToken cancellationToken);
}
