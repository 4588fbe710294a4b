using System.Globalization;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;
using Microsoft.Data.Sqlite;

namespace Aisle.Local.Sqlite;

/// <summary>Session features in SQLite: one small binary document a shopper, with a counter for compare-and-set.</summary>
/// <param name="database">A file made with <see cref="Schema"/>.</param>
public sealed class SqliteProfileStore(SqliteDatabase database) : IProfileStore
{
    /// <summary>The table that the store needs.</summary>
    public const string Schema =
        "CREATE TABLE IF NOT EXISTS profiles (user_id TEXT PRIMARY KEY, tag INTEGER NOT NULL, expires_at INTEGER NOT NULL, document BLOB NOT NULL);";

    private const int VisitorPage = 10_000;

    private const string Insert =
        "INSERT OR IGNORE INTO profiles (user_id, tag, expires_at, document) VALUES ($user, 1, $expires, $document)";

    private const string Update =
        "UPDATE profiles SET tag = tag + 1, expires_at = $expires, document = $document WHERE user_id = $user AND tag = $tag";

    /// <inheritdoc/>
    public Task<Versioned<ShopperProfile>?> ReadAsync(UserId user, CancellationToken cancellationToken) =>
        database.ReadAsync(session => Find(session, user), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<UserId, Versioned<ShopperProfile>>> ReadManyAsync(
        IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(database.Read<IReadOnlyDictionary<UserId, Versioned<ShopperProfile>>>(session =>
            users.Distinct()
                .Select(user => (user, found: Find(session, user)))
                .Where(pair => pair.found is not null)
                .ToDictionary(pair => pair.user, pair => pair.found!)));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<UserId>> VisitorsOfAsync(UserId user, CancellationToken cancellationToken) =>
        Task.FromResult(new VisitorSearch(database, VisitorPage).Find(user, cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<UserId>> WriteAsync(IReadOnlyList<ProfileWrite> writes, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<UserId>>(
            session => [.. writes.Where(write => !TryWrite(session, write)).Select(write => write.Profile.User)],
            cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(UserId user, CancellationToken cancellationToken) =>
        database.WriteAsync(session => { session.Execute("DELETE FROM profiles WHERE user_id = $user", ("$user", user.Value)); }, cancellationToken);

    private static Versioned<ShopperProfile>? Find(SqliteSession session, UserId user)
    {
        using SqliteDataReader reader = session.Query("SELECT tag, document FROM profiles WHERE user_id = $user", ("$user", user.Value));
        return reader.Read()
            ? new(ProfileBytes.Read(reader.GetFieldValue<byte[]>(1)), reader.GetString(0))
            : null;
    }

    private static bool TryWrite(SqliteSession session, ProfileWrite write)
    {
        byte[] document = ProfileBytes.Write(write.Profile);
        (string, object?) user = ("$user", write.Profile.User.Value);
        (string, object?) expires = ("$expires", SqliteTime.ToMicros(write.Profile.ExpiresAt));
        return write.ExpectedTag is null
            ? session.Execute(Insert, user, expires, ("$document", document)) == 1
            : long.TryParse(write.ExpectedTag, NumberStyles.None, CultureInfo.InvariantCulture, out long tag)
                && session.Execute(Update, expires, ("$document", document), user, ("$tag", tag)) == 1;
    }
}
