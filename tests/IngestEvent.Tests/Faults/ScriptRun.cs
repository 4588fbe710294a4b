using System.Text.Json;
using Aisle.Events;
using Aisle.Events.Rules;
using Aisle.Events.Wire;
using Aisle.IngestEvent.Collecting;
using Aisle.IngestVictim;
using Aisle.Privacy;

namespace Aisle.IngestEvent.Tests.Faults;

/// <summary>A run of the script.</summary>
/// <param name="Events">How many different events.</param>
/// <param name="NewPerBatch">How many of them a batch brings.</param>
/// <param name="MaxWaiting">How many messages may wait before the sender sends on.</param>
internal sealed record ScriptRun(int Events, int NewPerBatch, int MaxWaiting)
{
    public int Batches => Events / NewPerBatch;

    public IEnumerable<string> Poison => Enumerable.Range(0, Batches).Where(EventScript.HasPoison).Select(EventScript.Poison);

    /// <summary>What the whole script says, by the rules, each id once: of several acts under one id the one that was accepted first,
    /// whatever a kill lets be delivered first.</summary>
    public IReadOnlyList<InteractionEvent> Reference()
    {
        EventScript script = new(NewPerBatch);
        EventRules rules = new(EventLimits.Collector, new Pseudonymizer(EventScript.Key).UserOf);
        Dictionary<EventId, InteractionEvent> events = [];
        for (int batch = 0; batch < Batches; batch++)
        {
            using JsonDocument body = script.Body(batch);
            foreach (JsonElement json in CollectEventsRequest.From(body.RootElement, [])!.Events)
            {
                List<EventFault> faults = [];
                InteractionEvent accepted = rules.Accept(RawEventJson.Read(json, faults), EventScript.AcceptedAt(batch), faults)!;
                if (!events.TryGetValue(accepted.Id, out InteractionEvent? other) || EventCopies.Precedes(accepted, other))
                {
                    events[accepted.Id] = accepted;
                }
            }
        }

        return [.. events.Values];
    }
}
