using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Aisle.Sql;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.BigQuery;

/// <summary>Reads a long answer as Parquet files that <c>EXPORT DATA</c> wrote to the mounted bucket: paging it over HTTP would take a
/// request for every few thousand rows. The rows come in no order.</summary>
/// <param name="folder">The mounted bucket.</param>
/// <param name="bucket">Its name.</param>
/// <param name="clock">Names the exports apart.</param>
internal sealed class AnswerExport(string folder, string bucket, TimeProvider clock)
{
    /// <summary>Below the mounted bucket; a lifecycle rule of the bucket empties it of what a killed process left.</summary>
    public const string Folder = ".exports";

    /// <summary>Exports an answer, reads it, and removes the files.</summary>
    /// <param name="name">The query's.</param>
    /// <param name="sql">The query.</param>
    /// <param name="runAsync">Runs a statement to its end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The bucket that is mounted does not show the files that BigQuery wrote.</exception>
    public async IAsyncEnumerable<IRow> ReadAsync(
        string name, string sql, Func<string, CancellationToken, Task<BigQueryJob>> runAsync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string path = $"{Folder}/{Id(name, sql)}";
        string local = Path.Combine(folder, path);
        Directory.CreateDirectory(local); // a mounted bucket lists a folder for certain only when it has an entry of its own
        try
        {
            BigQueryJob job = await runAsync(ExportStatement.Of(sql, bucket, path), cancellationToken);
            foreach (string file in Files(local, job.Statistics?.Query?.ExportDataStatistics?.FileCount))
            {
                await foreach (IRow row in ParquetAnswer.ReadAsync(file, cancellationToken))
                {
                    yield return row;
                }
            }
        }
        finally
        {
            Directory.Delete(local, recursive: true);
        }
    }

    private string Id(string name, string sql)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)).AsSpan(0, 4));
        return string.Create(CultureInfo.InvariantCulture, $"{name}-{clock.GetUtcNow():yyyyMMdd'T'HHmmssfffffff}-{clock.GetTimestamp():x}-{digest}");
    }

    private string[] Files(string local, long? expected)
    {
        string[] files = [.. Directory.EnumerateFiles(local, "*.parquet").Order(StringComparer.Ordinal)];
        return files.Length == (expected ?? files.Length) ? files : throw new IOException(string.Create(
            CultureInfo.InvariantCulture,
            $"BigQuery wrote {expected} files to gs://{bucket}/{Folder}, and {folder} shows {files.Length} of them: mount the bucket that "
            + $"AISLE_EXPORT_BUCKET names as AISLE_MODELS_FOLDER."));
    }
}
