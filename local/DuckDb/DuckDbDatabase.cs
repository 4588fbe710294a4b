using Aisle.Ports;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Aisle.Local.DuckDb;

/// <summary>One DuckDB file: one writer at a time, queries beside it.</summary>
public sealed class DuckDbDatabase : IDisposable
{
    /// <summary>A query that needs more than this part of the machine's memory goes on on disk: training and serving need theirs.</summary>
    private const int ShareOfMemory = 4;

    /// <summary>How much waits in the log of the file before it is moved into the file. A checkpoint writes the last row group of each
    /// changed table anew, so its cost does not follow from how much is new: with the engine's 16 MB a busy slate log spends more on
    /// checkpoints than on slates, and they delay answers.</summary>
    private const string CheckpointThreshold = "128MB";

    /// <summary>What waits in the log is held in memory too. A shop that fills the log slowly moves it into the file this often, so
    /// that memory does not grow for an hour; for one that fills it fast the threshold comes first, and this adds little.</summary>
    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromMinutes(5);

    private readonly string _path;
    private readonly string _connectionString;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly int _threads;
    private readonly Lock _opening = new();
    private volatile DuckDBConnection? _writer;
    private long _checkpointedAt;
    private bool _isBroken;
    private bool _isDisposed;

    /// <summary>Names the file; the first use opens it, or makes it with all tables and the prelude.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">How many threads a query may use; 0 means as many as there are processors.</param>
    /// <param name="clock">Counts the time between checkpoints.</param>
    public DuckDbDatabase(string path, int threads, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        _checkpointedAt = clock.GetTimestamp();
        _path = path;
        _connectionString = $"DataSource={path}";
        _threads = threads;
    }

    /// <summary>Opens the file now; a file that is open stays so.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, no DuckDB file, or held by another process.</exception>
    public void EnsureOpen() => Writer();

    /// <summary>A connection of its own for one query; the caller disposes it.</summary>
    /// <exception cref="InvalidDataException">As for <see cref="EnsureOpen"/>.</exception>
    internal DuckDBConnection Open()
    {
        Writer(); // makes the tables that a query counts on
        return Connect();
    }

    private DuckDBConnection Writer()
    {
        if (_writer is { } open)
        {
            return open;
        }

        lock (_opening)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _writer ??= OpenWriter();
        }
    }

    private DuckDBConnection Connect()
    {
        return Whole(new DuckDBConnection(_connectionString), connection =>
        {
            connection.Open();
            Run(connection, DuckDbSchema.Session);
        });
    }

    /// <summary>Writes on the one writing connection, in one transaction: all of it or nothing.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be written now; nothing was.</exception>
    internal async Task<T> WriteAsync<T>(Func<DuckDBConnection, T> write, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            DuckDBConnection writer = Mended();
            T result = Transact(writer, write);
            CheckpointIfDue(writer);
            return result;
        }
        catch (DuckDBException fault) when (DuckDbFaults.Pass(fault))
        {
            _isBroken = DuckDbFaults.IsFatal(fault);
            throw DuckDbFaults.Translate(fault);
        }
        finally
        {
            _writing.Release();
        }
    }

    private static T Transact<T>(DuckDBConnection writer, Func<DuckDBConnection, T> write)
    {
        using DuckDBTransaction transaction = writer.BeginTransaction();
        T result = write(writer);
        transaction.Commit();
        return result;
    }

    /// <summary>What was written is durable whether or not it can be moved now.</summary>
    private void CheckpointIfDue(DuckDBConnection writer)
    {
        if (_clock.GetElapsedTime(_checkpointedAt) < CheckpointEvery)
        {
            return;
        }

        _checkpointedAt = _clock.GetTimestamp();
        try
        {
            Run(writer, "CHECKPOINT");
        }
        catch (DuckDBException fault) when (fault.ErrorType is DuckDBErrorType.Transaction || DuckDbFaults.Pass(fault))
        {
            _isBroken = DuckDbFaults.IsFatal(fault);
        }
    }

    private DuckDBConnection OpenWriter()
    {
        try
        {
            return Prepare(Connect());
        }
        catch (DuckDBException broken)
        {
            throw new InvalidDataException(
                $"{_path} cannot be opened as the warehouse ({broken.Message}). If another process holds it, stop that process or ask it over HTTP; " +
                "if the file is damaged, restore it from a backup, or move it away and import the events again.", broken);
        }
    }

    private DuckDBConnection Prepare(DuckDBConnection connection) => Whole(connection, writer =>
    {
        Run(writer, DuckDbSchema.Tables);
        Run(writer, DuckDbSchema.Prelude);
        DuckDbFunctions.Register(writer);
        Run(writer, $"SET GLOBAL memory_limit = '{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMemory / (1024 * 1024)}MiB'");
        Run(writer, $"SET GLOBAL checkpoint_threshold = '{CheckpointThreshold}'");
        if (_threads > 0)
        {
            Run(writer, $"SET GLOBAL threads = {_threads}");
        }
    });

    /// <summary>The connection, set up; where that fails it is closed, for the engine opens a file anew only when nobody holds it.</summary>
    private static DuckDBConnection Whole(DuckDBConnection connection, Action<DuckDBConnection> setUp)
    {
        try
        {
            setUp(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>After a fault in the middle of a commit the engine refuses the file until its last connection is closed; opened
    /// anew, it has what was committed.</summary>
    private DuckDBConnection Mended()
    {
        if (_isBroken)
        {
            Writer().Dispose();
            _writer = Prepare(Connect());
            _isBroken = false;
        }

        return Writer();
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

        lock (_opening)
        {
            _isDisposed = true;
        }

        _writing.Wait();
        _writer?.Dispose();
        _writing.Dispose();
    }
}
