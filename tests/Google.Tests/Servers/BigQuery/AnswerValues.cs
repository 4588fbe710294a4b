using System.Globalization;

namespace Aisle.GoogleCloud.Tests.Servers.BigQuery;

/// <summary>How BigQuery names types and writes values in answers.</summary>
internal static class AnswerValues
{
    public static string TypeOf(string duckDbType) => duckDbType.ToUpperInvariant() switch
    {
        "VARCHAR" => "STRING",
        "BIGINT" or "INTEGER" or "HUGEINT" => "INTEGER",
        "DOUBLE" => "FLOAT",
        "BOOLEAN" => "BOOLEAN",
        "TIMESTAMP WITH TIME ZONE" or "TIMESTAMPTZ" => "TIMESTAMP",
        "BLOB" => "BYTES",
        string other => throw new BigQueryFault(400, "invalid", $"This server does not know columns of the type {other}."),
    };

    /// <summary>The value as text; instants as microseconds of the epoch, which the client library asks for.</summary>
    public static string Write(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTime utc => ((utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture),
        DateTimeOffset instant => ((instant.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture),
        Stream stream => Convert.ToBase64String(ReadAll(stream)),
        byte[] bytes => Convert.ToBase64String(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static byte[] ReadAll(Stream stream)
    {
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
