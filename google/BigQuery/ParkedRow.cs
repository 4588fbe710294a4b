using System.Text.Json;
using Aisle.Ports;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.BigQuery;

/// <summary>How a parked message stands in <c>parked_messages_raw</c>.</summary>
internal static class ParkedRow
{
    /// <summary>The row of a message.</summary>
    public static BigQueryInsertRow Of(ParkedMessage message) => new()
    {
        { "message_id", message.MessageId },
        { "data", message.Data.ToArray() },
        { "attributes", JsonSerializer.Serialize(message.Attributes) },
        { "reason", message.Reason },
        { "parked_at", message.ParkedAt },
    };
}
