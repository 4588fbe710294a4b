using Aisle.GoogleCloud.BigQuery;
using Aisle.GoogleCloud.PubSub;
using Aisle.Ports;
using Aisle.Reranking;

namespace Aisle.IngestEvent.GoogleCloud;

/// <summary>Writes the slates that the scorer published. A repetition writes them again, and readers count a slate id once.</summary>
/// <param name="log">Where they end: never the topic that they came from.</param>
/// <param name="queue">Parks what holds no slates.</param>
/// <param name="clock">When it was parked.</param>
public sealed class SlateKeeper(BigQuerySlateLog log, IEventQueue queue, TimeProvider clock)
{
    /// <summary>Whether a message says that it holds slates.</summary>
    internal static bool Takes(LeasedMessage message) => message.Attributes.GetValueOrDefault(SlateMessage.SchemaAttribute) == SlateMessage.Schema;

    /// <summary>Writes, or parks for good; a fault of the store throws, and the message comes again.</summary>
    internal Task KeepAsync(LeasedMessage message, CancellationToken cancellationToken) =>
        SlateMessage.TryDecode(message.Data.Span, out IReadOnlyList<Slate>? slates, out string? problem)
            ? log.AppendAsync(slates, cancellationToken)
            : queue.ParkAsync([DeliveredMessage.Park(message, problem, clock.GetUtcNow())], cancellationToken);
}
