using Aisle.Experiments;
using Aisle.Ports;

namespace Aisle.Local.Sqlite;

/// <summary>The shop's experiments in SQLite.</summary>
/// <param name="database">A file made with <see cref="Schema"/>.</param>
public sealed class SqliteExperimentStore(SqliteDatabase database) : IExperimentStore
{
    /// <summary>The table that the store needs.</summary>
    public const string Schema = SqliteDocuments<Experiment>.Schema;

    private readonly SqliteDocuments<Experiment> _documents = new(database, "experiment", StateJson.Default.Experiment);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Versioned<Experiment>>> ReadAllAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_documents.ReadAll());
    }

    /// <inheritdoc/>
    public async Task<bool> TryWriteAsync(Experiment experiment, string? expectedTag, CancellationToken cancellationToken) =>
        await _documents.TryWriteAsync(experiment.Key, experiment, expectedTag, cancellationToken) is not null;

    /// <inheritdoc/>
    public Task<bool> TryDeleteAsync(string key, string expectedTag, CancellationToken cancellationToken) => _documents.TryDeleteAsync(key, expectedTag, cancellationToken);
}
