using System.Globalization;
using System.Text.Json;
using Aisle.Ports;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.BigQuery;

/// <summary>How a parked message stands in <c>parked_messages_raw</c>.</summary>
internal static class ParkedRow
{
    /// <summary>Pub/Sub takes ten megabytes; a row of BigQuery has that too, but in base64. A message that could not be
    /// parked would come again for ever.</summary>
    public const int MostBytes = 5 * 1024 * 1024;

    /// <summary>The row of a message.</summary>
    public static BigQueryInsertRow Of(ParkedMessage message) => new()
    {
        { "message_id", message.MessageId },
        { "data", message.Data[..Math.Min(message.Data.Length, MostBytes)].ToArray() },
        { "attributes", JsonSerializer.Serialize(message.Attributes) },
        { "reason", message.Data.Length <= MostBytes ? message.Reason : string.Create(CultureInfo.InvariantCulture, $"{message.Reason} "
            + $"(the first {MostBytes} of {message.Data.Length} bytes are kept)") },
        { "parked_at", message.ParkedAt },
    };
}
