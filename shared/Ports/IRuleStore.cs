namespace Aisle.Ports;

/// <summary>The one document of the shop's merchandising rules, as the merchandisers wrote it.</summary>
public interface IRuleStore
{
    /// <summary>The document and its tag, which changes with each change; null when there is none.</summary>
    Task<Versioned<string>?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the document.</summary>
    /// <param name="document">JSON.</param>
    /// <param name="expectedTag">The tag of what is replaced; null where there must be none yet.</param>
    /// <param name="cancellationToken">Gives up before anything was written.</param>
    /// <returns>The tag of what was written, whatever others write after it; null when somebody else changed it before, and then nothing was written.</returns>
    Task<string?> TryWriteAsync(string document, string? expectedTag, CancellationToken cancellationToken);
}
