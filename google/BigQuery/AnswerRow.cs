using Aisle.Sql;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.BigQuery;

/// <summary>One row of BigQuery's answer.</summary>
internal sealed class AnswerRow(BigQueryRow row) : IRow
{
    /// <inheritdoc/>
    public string? Text(int column) => (string?)row[column];

    /// <inheritdoc/>
    public long? Whole(int column) => (long?)row[column];

    /// <inheritdoc/>
    public double? Number(int column) => row[column] switch
    {
        null => null,
        long whole => whole,
        object value => (double)value,
    };

    /// <inheritdoc/>
    public bool? Truth(int column) => (bool?)row[column];

    /// <inheritdoc/>
    public DateTimeOffset? Instant(int column) => row[column] is DateTime utc ? new DateTimeOffset(utc, TimeSpan.Zero) : null;
}
