using Aisle.Ports;

namespace Aisle.Local.Sqlite;

/// <summary>The merchandisers' rules in SQLite.</summary>
/// <param name="database">A file made with <see cref="Schema"/>.</param>
public sealed class SqliteRuleStore(SqliteDatabase database) : IRuleStore
{
    /// <summary>The table that the store needs.</summary>
    public const string Schema = SqliteDocuments<string>.Schema;

    private const string Key = "rules";

    private readonly SqliteDocuments<string> _documents = new(database, "merchandising", StateJson.Default.String);

    /// <inheritdoc/>
    public Task<Versioned<string>?> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_documents.Read(Key));
    }

    /// <inheritdoc/>
    public async Task<bool> TryWriteAsync(string document, string? expectedTag, CancellationToken cancellationToken) =>
        await _documents.TryWriteAsync(Key, document, expectedTag, cancellationToken) is not null;
}
