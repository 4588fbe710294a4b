using System.Text.Json;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Storage;
using Aisle.Events;
using Aisle.Ports;
using Microsoft.Data.Sqlite;

namespace Aisle.Local.Sqlite;

/// <summary>Candidate lists in SQLite: one row per version and shopper, and the one pointer.</summary>
/// <param name="database">A file made with <see cref="Schema"/>.</param>
public sealed class SqliteCandidateStore(SqliteDatabase database) : ICandidateStore
{
    /// <summary>The tables that the store needs.</summary>
    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS candidate_lists (version TEXT NOT NULL, user_id TEXT NOT NULL, payload BLOB NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS candidate_lists_key ON candidate_lists (version, user_id);
        CREATE INDEX IF NOT EXISTS candidate_lists_user ON candidate_lists (user_id);
        CREATE TABLE IF NOT EXISTS manifest (id INTEGER PRIMARY KEY CHECK (id = 1), document BLOB NOT NULL);
        """;

    private const string Upsert =
        "INSERT INTO candidate_lists (version, user_id, payload) VALUES ($version, $user, $payload) " +
        "ON CONFLICT (version, user_id) DO UPDATE SET payload = excluded.payload";

    private const string Drop =
        "DELETE FROM candidate_lists WHERE rowid IN (SELECT rowid FROM candidate_lists WHERE version = $version LIMIT 10000)";

    /// <inheritdoc/>
    public Task WriteAsync(string modelVersion, IReadOnlyList<CandidateList> lists, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                foreach (CandidateList list in lists)
                {
                    session.Execute(Upsert, ("$version", modelVersion), ("$user", list.User.Value), ("$payload", CandidateListBytes.Write(list)));
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<CandidateList?> ReadAsync(string modelVersion, UserId user, CancellationToken cancellationToken) => database.ReadAsync(
        session =>
        {
            using SqliteDataReader reader = session.Query(
                "SELECT payload FROM candidate_lists WHERE version = $version AND user_id = $user", ("$version", modelVersion), ("$user", user.Value));
            return reader.Read() ? CandidateListBytes.Read(user, reader.GetFieldValue<byte[]>(0)) : null;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<ServingManifest?> ReadManifestAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(database.Read(FindManifest));
    }

    /// <inheritdoc/>
    public Task PublishAsync(ServingManifest manifest, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                session.Execute(
                    "INSERT INTO manifest (id, document) VALUES (1, $document) ON CONFLICT (id) DO UPDATE SET document = excluded.document",
                    ("$document", JsonSerializer.SerializeToUtf8Bytes(manifest, StateJson.Default.ServingManifest)));
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task DropAsync(string modelVersion, CancellationToken cancellationToken)
    {
        if (database.Read(FindManifest)?.ModelVersion == modelVersion)
        {
            throw new InvalidOperationException($"The version {modelVersion} serves; promote another one before dropping it.");
        }

        while (await database.WriteAsync(session => session.Execute(Drop, ("$version", modelVersion)), cancellationToken) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public Task<int> DeleteUserAsync(UserId user, CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.Execute("DELETE FROM candidate_lists WHERE user_id = $user", ("$user", user.Value)), cancellationToken);

    private static ServingManifest? FindManifest(SqliteSession session)
    {
        using SqliteDataReader reader = session.Query("SELECT document FROM manifest WHERE id = 1");
        return reader.Read() ? JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(0), StateJson.Default.ServingManifest) : null;
    }
}
