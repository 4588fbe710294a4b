using System.Collections.Concurrent;
using Aisle.Ports;
using Microsoft.Data.Sqlite;

namespace Aisle.Local.Sqlite;

/// <summary>One SQLite file in WAL mode: one writer at a time, readers beside it, statements prepared once per connection.</summary>
/// <remarks>SQLite has no asynchronous I/O: calls block for the tens of microseconds that they take.</remarks>
public sealed class SqliteDatabase : IDisposable
{
    private readonly string _path;
    private readonly bool _isDurable;
    private readonly TimeSpan _patience;
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SqliteSession _writer;
    private readonly StallWatch _stall = new();
    private volatile bool _isDisposed;

    /// <summary>Opens or makes the file and brings its tables up to date; a lock of another process is waited for for 5 seconds.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isDurable">Whether a commit survives loss of power, not only the death of the process.</param>
    /// <param name="schema">Statements that make what is not there yet.</param>
    /// <exception cref="InvalidDataException">The file is no SQLite database or is damaged.</exception>
    public SqliteDatabase(string path, bool isDurable, string schema)
        : this(path, isDurable, schema, TimeSpan.FromSeconds(5))
    {
    }

    /// <summary>Opens or makes the file and brings its tables up to date.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isDurable">Whether a commit survives loss of power, not only the death of the process.</param>
    /// <param name="schema">Statements that make what is not there yet.</param>
    /// <param name="patience">How long a lock of another process is waited for; whole seconds, at least 1.</param>
    /// <exception cref="InvalidDataException">The file is no SQLite database or is damaged.</exception>
    public SqliteDatabase(string path, bool isDurable, string schema, TimeSpan patience)
    {
        _path = path;
        _isDurable = isDurable;
        _patience = patience;
        try
        {
            _writer = new SqliteSession(path, isDurable, patience);
            _writer.Run(schema);
        }
        catch (SqliteException broken) when (broken.SqliteErrorCode is NotADatabase or Corrupt)
        {
            throw new InvalidDataException(
                $"{path} is not a readable SQLite database ({broken.Message}). Restore it from a backup, or move it away and import the data again.", broken);
        }
    }

    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    /// <summary>Reads with a pooled connection.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be read now.</exception>
    internal T Read<T>(Func<SqliteSession, T> read)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        SqliteSession? session = null;
        _stall.Begin();
        try
        {
            session = _readers.TryTake(out SqliteSession? pooled) ? pooled : new SqliteSession(_path, _isDurable, _patience);
            T result = read(session);
            _readers.Add(session);
            session = null;
            return result;
        }
        catch (SqliteException fault) when (SqliteFaults.Pass(fault))
        {
            throw SqliteFaults.Translate(fault, _path);
        }
        finally
        {
            session?.Dispose(); // a connection on which a read failed is not used again
            _stall.End();
        }
    }

    /// <summary>Reads on the caller's thread, for a read takes tens of microseconds and a change of threads as long; while the disk hangs,
    /// on a thread of the pool, so that a caller with a deadline is not held by it.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be read now.</exception>
    internal async Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _stall.IsStalled ? await Task.Run(() => Read(read), cancellationToken) : Read(read);
    }

    /// <summary>Writes in one transaction, all of it or nothing, as durably as the file was opened for.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be written now; nothing was.</exception>
    internal Task<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellationToken) =>
        WriteAsync(write, _isDurable ? Durability.Power : Durability.Process, cancellationToken);

    /// <summary>Writes in one transaction: all of it or nothing.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be written now; nothing was.</exception>
    internal async Task<T> WriteAsync<T>(Func<SqliteSession, T> write, Durability durability, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            _writer.Endure(durability);
            using SqliteTransaction transaction = _writer.Begin();
            T result = write(_writer);
            transaction.Commit();
            return result;
        }
        catch (SqliteException fault) when (SqliteFaults.Pass(fault))
        {
            throw SqliteFaults.Translate(fault, _path);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Writes in one transaction: all of it or nothing.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be written now; nothing was.</exception>
    internal Task WriteAsync(Action<SqliteSession> write, CancellationToken cancellationToken) =>
        WriteAsync(
            session =>
            {
                write(session);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _writing.Wait();
        while (_readers.TryTake(out SqliteSession? reader))
        {
            reader.Dispose();
        }

        _writer.Dispose();
        _writing.Dispose();
    }
}
