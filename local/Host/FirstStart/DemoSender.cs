using System.Buffers;
using System.Text.Json;
using Aisle.Events.Rules;
using Aisle.IngestEvent;
using Aisle.IngestEvent.Collecting;
using Aisle.Local.DemoShop;
using Aisle.Ports;
using Aisle.Privacy;

namespace Aisle.Host.FirstStart;

/// <summary>Sends what demo shoppers do as their shop would: wire JSON → collector → durable queue. The collector's clock stands at
/// the newest event of each batch.</summary>
/// <param name="services">The shop.</param>
internal sealed class DemoSender(IServiceProvider services)
{
    private readonly ReplayClock _clock = new();
    private EventCollector? _collector;

    /// <summary>Sends a batch of at most <see cref="CollectEventsRequest.MaxEvents"/>, ordered by time.</summary>
    /// <exception cref="InvalidOperationException">The collector refused an event: the generator and the rules disagree.</exception>
    public async Task SendAsync(IReadOnlyList<DemoEvent> events, CancellationToken cancellationToken)
    {
        _collector ??= new EventCollector(
            services.GetRequiredService<IEventQueue>(), services.GetRequiredService<Pseudonymizer>(), _clock, services.GetRequiredService<IngestMetrics>());
        _clock.MoveTo(events[^1].OccurredAt);
        using JsonDocument body = JsonDocument.Parse(Wire(events));
        CollectOutcome outcome = await _collector.CollectAsync(CollectEventsRequest.From(body.RootElement, [])!, cancellationToken);
        if (outcome.Rejected.Count > 0)
        {
            EventFault fault = outcome.Rejected[0].Problems[0];
            throw new InvalidOperationException($"The collector refused the demo event {outcome.Rejected[0].EventId}: {fault.Field}: {fault.Problem}.");
        }
    }

    private static ReadOnlyMemory<byte> Wire(IReadOnlyList<DemoEvent> events)
    {
        ArrayBufferWriter<byte> body = new(64 * 1024);
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteStartArray("events");
            foreach (DemoEvent happened in events)
            {
                happened.WriteTo(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }
}
