using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aisle.Ports;
using Microsoft.Data.Sqlite;

namespace Aisle.Local.Sqlite;

/// <summary>Few documents of one kind, by key, changed only by compare-and-set.</summary>
/// <param name="database">A file made with <see cref="Schema"/>.</param>
/// <param name="kind">What separates these documents from others in the same table.</param>
/// <param name="json">How a document is written.</param>
internal sealed class SqliteDocuments<T>(SqliteDatabase database, string kind, JsonTypeInfo<T> json)
{
    public const string Schema =
        "CREATE TABLE IF NOT EXISTS documents (kind TEXT NOT NULL, key TEXT NOT NULL, tag INTEGER NOT NULL, document BLOB NOT NULL, PRIMARY KEY (kind, key));";

    private const string Update = "UPDATE documents SET tag = tag + 1, document = $document WHERE kind = $kind AND key = $key AND tag = $tag";
    private const string Insert = "INSERT OR IGNORE INTO documents (kind, key, tag, document) VALUES ($kind, $key, 1, $document)";
    private const string Delete = "DELETE FROM documents WHERE kind = $kind AND key = $key AND tag = $tag";

    public Versioned<T>? Read(string key) => database.Read(session =>
    {
        using SqliteDataReader reader = session.Query(
            "SELECT tag, document FROM documents WHERE kind = $kind AND key = $key", ("$kind", kind), ("$key", key));
        return reader.Read() ? Document(reader) : null;
    });

    public IReadOnlyList<Versioned<T>> ReadAll() => database.Read<IReadOnlyList<Versioned<T>>>(session =>
    {
        using SqliteDataReader reader = session.Query("SELECT tag, document FROM documents WHERE kind = $kind ORDER BY key", ("$kind", kind));
        List<Versioned<T>> all = [];
        while (reader.Read())
        {
            all.Add(Document(reader));
        }

        return all;
    });

    /// <returns>The new tag; null when somebody else was faster.</returns>
    public Task<string?> TryWriteAsync(string key, T document, string? expectedTag, CancellationToken cancellationToken)
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(document, json);
        (string, object?) kindIs = ("$kind", kind);
        if (expectedTag is null)
        {
            return database.WriteAsync(
                session => session.Execute(Insert, kindIs, ("$key", key), ("$document", bytes)) == 1 ? "1" : null, cancellationToken);
        }

        if (!long.TryParse(expectedTag, NumberStyles.None, CultureInfo.InvariantCulture, out long tag))
        {
            return Task.FromResult<string?>(null);
        }

        return database.WriteAsync(
            session => session.Execute(Update, ("$document", bytes), kindIs, ("$key", key), ("$tag", tag)) == 1
                ? (tag + 1).ToString(CultureInfo.InvariantCulture)
                : null,
            cancellationToken);
    }

    /// <returns>False when somebody else was faster, or there is none.</returns>
    public Task<bool> TryDeleteAsync(string key, string expectedTag, CancellationToken cancellationToken) => !long.TryParse(expectedTag, NumberStyles.None, CultureInfo.InvariantCulture, out long tag)
        ? Task.FromResult(false)
        : database.WriteAsync(session => session.Execute(Delete, ("$kind", kind), ("$key", key), ("$tag", tag)) == 1, cancellationToken);

    private Versioned<T> Document(SqliteDataReader reader) =>
        new(JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(1), json)!, reader.GetString(0));
}
