using System.Text;
using Aisle.Events;
using Microsoft.Data.Sqlite;

namespace Aisle.Local.Sqlite;

/// <summary>Finds the visitors who logged in as a user by the user's pseudonym in their documents, some documents at a time: erasures are rare, so that no index is kept for them.</summary>
/// <param name="database">A file with <see cref="SqliteProfileStore.Schema"/>.</param>
/// <param name="atOnce">How many documents are looked at in one read, positive.</param>
internal sealed class VisitorSearch(SqliteDatabase database, int atOnce)
{
    private const string LastOfPage = "SELECT user_id FROM profiles WHERE user_id > $after ORDER BY user_id LIMIT 1 OFFSET $skip";

    private const string Naming = "SELECT user_id, document FROM profiles WHERE user_id > $after AND ($last IS NULL OR user_id <= $last) AND user_id <> $self AND instr(document, $user) > 0";

    /// <summary>The visitors, by pseudonym.</summary>
    public IReadOnlyList<UserId> Find(UserId user, CancellationToken cancellationToken)
    {
        List<UserId> found = [];
        for (string? after = ""; after is not null;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string start = after;
            after = database.Read(session => FindInPage(session, start, user, found));
        }

        return found;
    }

    private string? FindInPage(SqliteSession session, string after, UserId user, List<UserId> found)
    {
        string? last = null;
        using (SqliteDataReader end = session.Query(LastOfPage, ("$after", after), ("$skip", atOnce - 1)))
        {
            last = end.Read() ? end.GetString(0) : null;
        }

        using SqliteDataReader reader = session.Query(
            Naming, ("$after", after), ("$last", last), ("$self", user.Value), ("$user", Encoding.UTF8.GetBytes(user.Value)));
        while (reader.Read())
        {
            if (IsVisitorOf(user, reader.GetFieldValue<byte[]>(1)))
            {
                found.Add(new UserId(reader.GetString(0)));
            }
        }

        return last;
    }

    /// <summary>A damaged document that names the user counts as one: nothing may stay that does.</summary>
    private static bool IsVisitorOf(UserId user, byte[] document)
    {
        try
        {
            return ProfileBytes.Read(document).HasLoggedInAs(user);
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }
}
