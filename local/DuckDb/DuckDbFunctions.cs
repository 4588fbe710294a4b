using Aisle.Experiments;
using DuckDB.NET.Data;
using DuckDB.NET.Data.DataChunk.Reader;
using DuckDB.NET.Data.DataChunk.Writer;

namespace Aisle.Local.DuckDb;

/// <summary>Functions of GoogleSQL that DuckDB has not, written in C#.</summary>
internal static class DuckDbFunctions
{
    /// <summary>Makes them known to every connection of the database.</summary>
    public static void Register(DuckDBConnection connection) => connection.RegisterScalarFunction<string, long>(
        "farm_fingerprint", Fingerprint, new ScalarFunctionOptions { IsPureFunction = true });

    // NULL gives NULL without this being called.
    private static void Fingerprint(IReadOnlyList<IDuckDBDataReader> arguments, IDuckDBDataWriter result, ulong rows)
    {
        for (ulong row = 0; row < rows; row++)
        {
            if (arguments[0].IsValid(row))
            {
                result.WriteValue(FarmFingerprint.Of(arguments[0].GetValue<string>(row)), row);
            }
            else
            {
                result.WriteNull(row);
            }
        }
    }
}
