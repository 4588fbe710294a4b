namespace Aisle.GoogleCloud.BigQuery;

/// <summary>The statement that exports a query's rows as Parquet files.</summary>
internal static class ExportStatement
{
    /// <summary>The statement. The query's own order is left out of account: it would gather all rows on one worker.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="path">The folder in it, without slashes at its ends.</param>
    public static string Of(string sql, string bucket, string path) =>
        $"EXPORT DATA OPTIONS (uri = 'gs://{bucket}/{path}/part-*.parquet', format = 'PARQUET', compression = 'SNAPPY', overwrite = TRUE) "
        + $"AS\nSELECT * FROM (\n{sql}\n)";
}
