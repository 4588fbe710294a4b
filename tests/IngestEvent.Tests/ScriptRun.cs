using System.Text.Json;
using Aisle.Events;
using Aisle.IngestVictim;
using Aisle.Privacy;

namespace Aisle.IngestEvent.Tests;

/// <summary>A run of the script.</summary>
/// <param name="Events">How many different events.</param>
/// <param name="NewPerBatch">How many of them a batch brings.</param>
/// <param name="MaxWaiting">How many messages may wait before the sender sends on.</param>
internal sealed record ScriptRun(int Events, int NewPerBatch, int MaxWaiting)
{
    public int Batches => Events / NewPerBatch;

    public IEnumerable<string> Poison => Enumerable.Range(0, Batches).Where(EventScript.HasPoison).Select(EventScript.Poison);

    /// <summary>What the whole script says, by the rules, each id once. Of several acts under one id a kill decides which is delivered first: the one that the history kept is taken.</summary>
    /// <param name="isKept">Whether the history holds exactly this act.</param>
    public List<InteractionEvent> Reference(Func<InteractionEvent, bool> isKept)
    {
        EventScript script = new(NewPerBatch);
        EventRules rules = new(EventLimits.Collector, new Pseudonymizer(EventScript.Key).UserOf);
        Dictionary<EventId, List<InteractionEvent>> events = [];
        for (int batch = 0; batch < Batches; batch++)
        {
            using JsonDocument body = script.Body(batch);
            foreach (JsonElement json in CollectEventsRequest.From(body.RootElement).Events)
            {
                List<EventFault> faults = [];
                InteractionEvent accepted = rules.Accept(RawEventJson.Read(json, faults), EventScript.AsOf, faults)!;
                events.TryAdd(accepted.Id, []);
                events[accepted.Id].Add(accepted);
            }
        }

        return [.. events.Values.Select(acts => acts.Find(act => isKept(act)) ?? acts[0])];
    }
}
