using Microsoft.Data.Sqlite;

namespace Aisle.Local.Sqlite;

/// <summary>One connection with its statements prepared once. For one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private SqliteTransaction? _transaction;
    private Durability? _durability;

    public SqliteSession(string path, bool isDurable, TimeSpan patience)
    {
        int seconds = Math.Max(1, (int)patience.TotalSeconds);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = seconds }.ConnectionString);
        _connection.Open();
        Run("PRAGMA journal_mode = WAL");
        Endure(isDurable ? Durability.Power : Durability.Process);
        Run($"PRAGMA busy_timeout = {seconds * 1000}");
        Run("PRAGMA temp_store = MEMORY");
        Run("PRAGMA mmap_size = 1073741824");
        Run("PRAGMA wal_autocheckpoint = 4000");
    }

    /// <summary>Sets what the next transactions survive.</summary>
    public void Endure(Durability durability)
    {
        if (_durability != durability)
        {
            Run(durability == Durability.Power ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            _durability = durability;
        }
    }

    /// <summary>Runs a statement that is used once.</summary>
    public void Run(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a prepared statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Prepare(sql, parameters).ExecuteNonQuery();

    /// <summary>Runs a prepared query; dispose the reader before the next use of the statement.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Prepare(sql, parameters).ExecuteReader();

    /// <summary>Begins the transaction that the next statements belong to, until it is committed or disposed.</summary>
    public SqliteTransaction Begin() => _transaction = _connection.BeginTransaction(deferred: false);

    public void Dispose()
    {
        foreach (SqliteCommand command in _prepared.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_prepared.TryGetValue(sql, out SqliteCommand? command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            foreach ((string name, _) in parameters)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            }

            _prepared.Add(sql, command);
        }

        command.Transaction = _transaction?.Connection is null ? null : _transaction;
        for (int i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        }

        return command;
    }
}
