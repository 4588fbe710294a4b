using DuckDB.NET.Data;

namespace Aisle.Local.DuckDb;

/// <summary>Exported recommendations as a file that other programs read.</summary>
public static class RecommendationFile
{
    private const string Columns =
        "{user_id: 'VARCHAR', rank: 'INTEGER', product_id: 'VARCHAR', score: 'DOUBLE', title: 'VARCHAR', category: 'VARCHAR', " +
        "price_minor: 'BIGINT', currency: 'VARCHAR', strategy: 'VARCHAR', model_version: 'VARCHAR'}";

    /// <summary>Makes a CSV or Parquet file of rows of JSON, row by row and not in memory; the file appears whole or not at all.</summary>
    /// <param name="rows">One object a line.</param>
    /// <param name="file">The file to make; one that is there is replaced.</param>
    /// <param name="format"><c>csv</c> or <c>parquet</c>.</param>
    public static void Make(string rows, string file, string format)
    {
        ArgumentNullException.ThrowIfNull(file);
        using DuckDBConnection connection = new("DataSource=:memory:");
        connection.Open();
        DuckDbDatabase.Run(
            connection,
            $"COPY (SELECT * FROM read_json('{Quoted(rows)}', format = 'newline_delimited', columns = {Columns})) " +
            $"TO '{Quoted(file + ".tmp")}' ({(format == "csv" ? "FORMAT CSV, HEADER" : "FORMAT PARQUET")})");
        File.Move(file + ".tmp", file, overwrite: true);
    }

    private static string Quoted(string path) => path.Replace("'", "''", StringComparison.Ordinal);
}
