using Aisle.Ports;

namespace Aisle.Local.Sqlite;

/// <summary>The records of retraining runs in SQLite.</summary>
/// <param name="database">A file made with <see cref="Schema"/>.</param>
public sealed class SqliteRunStore(SqliteDatabase database) : IRunStore
{
    /// <summary>The table that the store needs.</summary>
    public const string Schema = SqliteDocuments<Run>.Schema;

    private readonly SqliteDocuments<Run> _documents = new(database, "run", StateJson.Default.Run);

    /// <inheritdoc/>
    public Task<Versioned<Run>?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_documents.Read(id));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> ReadLatestAsync(int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<Run>>(
            [.. _documents.ReadAll().Select(run => run.Value).OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.Id).Take(limit)]);
    }

    /// <inheritdoc/>
    public Task<string?> TryWriteAsync(Run run, string? expectedTag, CancellationToken cancellationToken) =>
        _documents.TryWriteAsync(run.Id, run, expectedTag, cancellationToken);
}
