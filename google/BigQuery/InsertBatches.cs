using System.Text;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.BigQuery;

/// <summary>Cuts rows into requests that BigQuery accepts: 500 rows, which it recommends, and well under 10 MB.</summary>
internal static class InsertBatches
{
    private const int MaxRows = 500;
    private const int MaxBytes = 8 * 1024 * 1024;
    private const int BytesPerField = 32; // its name, quotes, and numbers and instants as text

    /// <summary>The requests, in order; no row is split.</summary>
    public static IEnumerable<BigQueryInsertRow[]> Of(IReadOnlyList<BigQueryInsertRow> rows)
    {
        List<BigQueryInsertRow> batch = [];
        int bytes = 0;
        foreach (BigQueryInsertRow row in rows)
        {
            int size = row.Cast<KeyValuePair<string, object?>>().Sum(field => BytesPerField + Size(field.Value));
            if (batch.Count == MaxRows || (batch.Count > 0 && bytes + size > MaxBytes))
            {
                yield return [.. batch];
                batch.Clear();
                bytes = 0;
            }

            batch.Add(row);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            yield return [.. batch];
        }
    }

    private static int Size(object? value) => value switch
    {
        string text => Encoding.UTF8.GetByteCount(text),
        byte[] bytes => (bytes.Length / 3 * 4) + 4,
        string[] texts => texts.Sum(Encoding.UTF8.GetByteCount),
        _ => 0,
    };
}
