using System.Diagnostics;
using System.Globalization;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Storage;
using Aisle.Events;
using Aisle.Local.Sqlite;
using Aisle.Ports;
using Microsoft.Data.Sqlite;

namespace Aisle.Benchmarks.Training;

/// <summary>How fast candidate lists are written beside a bare batched insert.</summary>
internal static class ListWriting
{
    private const int Lists = 500;
    private const int Batches = 40;

    /// <summary>Writes lists of one batch over and over, through the store and by a bare prepared insert of the same bytes, in
    /// turns and into files of their own.</summary>
    /// <param name="made">Has lists of a version.</param>
    /// <param name="modelVersion">The version.</param>
    /// <param name="folder">Takes the files.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public static async Task CompareAsync(ICandidateStore made, string modelVersion, string folder, CancellationToken cancellationToken)
    {
        List<CandidateList> lists = [];
        for (int user = 0; lists.Count < Lists && user < 100 * Lists; user++)
        {
            UserId id = new(string.Create(CultureInfo.InvariantCulture, $"u{user:0000000}"));
            if (await made.ReadAsync(modelVersion, id, cancellationToken) is { } list)
            {
                lists.Add(list);
            }
        }

        byte[][] payloads = [.. lists.Select(CandidateListBytes.Write)];
        using SqliteDatabase database = new(Path.Combine(folder, "store-writes.sqlite"), isDurable: true, SqliteCandidateStore.Schema);
        SqliteCandidateStore store = new(database);
        using SqliteConnection bare = new($"Data Source={Path.Combine(folder, "bare-writes.sqlite")};Pooling=False");
        bare.Open();
        Execute(bare, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE lists (version TEXT NOT NULL, user_id TEXT NOT "
            + "NULL, payload BLOB NOT NULL)");
        TimeSpan storeTook = TimeSpan.Zero;
        TimeSpan bareTook = TimeSpan.Zero;
        for (int batch = 0; batch < Batches; batch++)
        {
            string version = string.Create(CultureInfo.InvariantCulture, $"v{batch:000}");
            long started = Stopwatch.GetTimestamp();
            await store.WriteAsync(version, lists, cancellationToken);
            storeTook += Stopwatch.GetElapsedTime(started);
            started = Stopwatch.GetTimestamp();
            Insert(bare, version, lists, payloads);
            bareTook += Stopwatch.GetElapsedTime(started);
        }

        double total = (double)Batches * lists.Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"candidate lists written: store "
            + $"{total / storeTook.TotalSeconds:N0} lists/s, bare batched insert {total / bareTook.TotalSeconds:N0} lists/s, share {bareTook / storeTook:P0}"));
    }

    private static void Insert(SqliteConnection bare, string version, List<CandidateList> lists, byte[][] payloads)
    {
        using SqliteTransaction transaction = bare.BeginTransaction();
        using SqliteCommand insert = bare.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO lists VALUES ($version, $user, $payload)";
        SqliteParameter[] parameters = [insert.Parameters.Add("$version", SqliteType.Text), insert.Parameters.Add("$user", SqliteType.Text), insert.Parameters.Add("$payload", SqliteType.Blob)];
        parameters[0].Value = version;
        for (int i = 0; i < lists.Count; i++)
        {
            parameters[1].Value = lists[i].User.Value;
            parameters[2].Value = payloads[i];
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
