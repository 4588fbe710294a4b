using Aisle.Ports;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Aisle.Local.DuckDb;

/// <summary>Tells faults of the machine, which pass, from faults of the file or of the program.</summary>
internal static class DuckDbFaults
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Whether the fault is one that passes once somebody acts: the disk is full or fails, memory ran out, or an
    /// earlier such fault closed the file.</summary>
    public static bool Pass(DuckDBException fault) =>
        fault.ErrorType is DuckDBErrorType.Io or DuckDBErrorType.OutOfMemory || IsFatal(fault);

    /// <summary>Whether the engine refuses the file until it is opened anew.</summary>
    public static bool IsFatal(DuckDBException fault) =>
        fault.ErrorType is DuckDBErrorType.Fatal || fault.Message.Contains("has been invalidated", StringComparison.Ordinal);

    /// <summary>The fault in words, with the remedy.</summary>
    public static StoreUnavailableException Translate(DuckDBException fault) => new(
        $"The warehouse cannot be written ({fault.Message.ReplaceLineEndings(" ")}). Free some space or memory, and nothing more is needed.", RetryAfter, fault);
}
