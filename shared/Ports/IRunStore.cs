namespace Aisle.Ports;

/// <summary>The records of retraining runs, changed only by compare-and-set.</summary>
public interface IRunStore
{
    /// <summary>One run, or null when there is none of this id.</summary>
    Task<Versioned<Run>?> ReadAsync(string id, CancellationToken cancellationToken);

    /// <summary>The latest runs, newest first.</summary>
    Task<IReadOnlyList<Run>> ReadLatestAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Writes a run if its tag still holds.</summary>
    /// <param name="run">The new state.</param>
    /// <param name="expectedTag">The tag it was read under; null when it must not exist yet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The new tag; null when somebody else was faster.</returns>
    Task<string?> TryWriteAsync(Run run, string? expectedTag, CancellationToken cancellationToken);
}
