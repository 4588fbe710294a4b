using DuckDB.NET.Data;

namespace Aisle.Local.DuckDb;

/// <summary>One DuckDB file: one writer at a time, queries beside it.</summary>
public sealed class DuckDbDatabase : IDisposable
{
    private readonly string _connectionString;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly DuckDBConnection _writer;
    private bool _isDisposed;

    /// <summary>Opens or makes the file with all tables and the prelude.</summary>
    /// <param name="path">The file; <c>:memory:</c> for a database without one.</param>
    /// <param name="threads">How many threads a query may use; 0 means as many as there are processors.</param>
    /// <exception cref="InvalidDataException">The file is damaged, no DuckDB file, or held by another process.</exception>
    public DuckDbDatabase(string path, int threads)
    {
        _connectionString = $"DataSource={(path == ":memory:" ? $":memory:{GetHashCode()}?cache=shared" : path)}";
        try
        {
            _writer = Open();
            Run(_writer, DuckDbSchema.Tables);
            Run(_writer, DuckDbSchema.Prelude);
            DuckDbFunctions.Register(_writer);
            if (threads > 0)
            {
                Run(_writer, $"SET GLOBAL threads = {threads}");
            }
        }
        catch (DuckDBException broken)
        {
            throw new InvalidDataException(
                $"{path} cannot be opened as the warehouse ({broken.Message}). If another process holds it, stop that process or ask it over HTTP; " +
                "if the file is damaged, restore it from a backup, or move it away and import the events again.", broken);
        }
    }

    /// <summary>A connection of its own for one query; the caller disposes it.</summary>
    internal DuckDBConnection Open()
    {
        DuckDBConnection connection = new(_connectionString);
        connection.Open();
        Run(connection, DuckDbSchema.Session);
        return connection;
    }

    /// <summary>Writes on the one writing connection, in one transaction: all of it or nothing.</summary>
    internal async Task<T> WriteAsync<T>(Func<DuckDBConnection, T> write, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            using DuckDBTransaction transaction = _writer.BeginTransaction();
            T result = write(_writer);
            transaction.Commit();
            return result;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Runs statements that answer nothing.</summary>
    internal static int Run(DuckDBConnection connection, string sql)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _writing.Wait();
        _writer.Dispose();
        _writing.Dispose();
    }
}
