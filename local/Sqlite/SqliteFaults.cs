using Aisle.Ports;
using Microsoft.Data.Sqlite;

namespace Aisle.Local.Sqlite;

/// <summary>Tells faults of the machine, which pass, from faults of the file or of the program.</summary>
internal static class SqliteFaults
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Io = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Whether the fault is one that passes once somebody acts.</summary>
    public static bool Pass(SqliteException fault) => fault.SqliteErrorCode is Busy or Locked or ReadOnly or Io or Full or CannotOpen;

    /// <summary>The fault in words, with the remedy.</summary>
    public static StoreUnavailableException Translate(SqliteException fault, string path)
    {
        string file = Path.GetFileName(path);
        string problem = fault.SqliteErrorCode switch
        {
            Busy or Locked => $"{file} is locked by another process; end that process, or wait until it is done.",
            Full => $"The disk of {file} is full; free some space, and nothing more is needed.",
            ReadOnly => $"{file} cannot be written to; give the process write permission on the file and its folder.",
            Io => $"{file} could not be read or written; check the space and the health of its disk.",
            _ => $"{file} cannot be opened; check that its folder exists and may be read and written.",
        };
        return new StoreUnavailableException(problem, RetryAfter, fault);
    }
}
