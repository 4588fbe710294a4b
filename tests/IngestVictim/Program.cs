// A process that is made to be killed. It collects scripted batches into the durable queue while the worker empties it into warehouse and
// profiles, and prints the number of each batch once it is acknowledged. Arguments: folder, first batch, end (exclusive), new events of a
// batch, how many messages may wait before it sends on. It exits by itself when all is ingested, or, saying so, when a batch is refused.
using System.Globalization;
using System.Text;
using System.Text.Json;
using Aisle.Events.Wire;
using Aisle.Http;
using Aisle.IngestEvent;
using Aisle.IngestEvent.Collecting;
using Aisle.IngestEvent.Delivery;
using Aisle.IngestVictim;
using Aisle.Local;
using Aisle.Local.Sqlite;
using Aisle.Local.Workspaces;
using Aisle.Ports;
using Aisle.Privacy;
using Microsoft.Extensions.DependencyInjection;

#pragma warning disable RS0030 // a host, although it lies among the tests: it hands the real clock in
TimeProvider wall = TimeProvider.System;
#pragma warning restore RS0030

using Workspace workspace = Workspace.TryOpen(args[0]) ?? throw new IOException($"{args[0]} is held by another process.");
workspace.Save(workspace.Info with { AsOf = EventScript.AsOf });
await using ServiceProvider services = new ServiceCollection()
    .AddLogging()
    .AddSingleton(new Pseudonymizer(EventScript.Key))

    // The deaths are the test's doing and no message's fault, so none is parked for them.
    .AddLocalStores(workspace, new LocalOptions { WallClock = wall, Queue = new QueuePolicy { MaxDeliveries = 1_000 } })
    .AddIngestEvent(ApiRole.None)
    .AddIngestWorker(new IngestWorkerOptions { BatchSize = 60, Lease = TimeSpan.FromSeconds(1), IdleDelay = TimeSpan.FromMilliseconds(5) })
    .BuildServiceProvider();
SqliteEventQueue queue = services.GetRequiredService<SqliteEventQueue>();
IngestWorker worker = services.GetRequiredService<IngestWorker>();
await worker.StartAsync(CancellationToken.None);

EventScript script = new(int.Parse(args[3], CultureInfo.InvariantCulture));
int end = int.Parse(args[2], CultureInfo.InvariantCulture);
int maxWaiting = int.Parse(args[4], CultureInfo.InvariantCulture);
for (int batch = int.Parse(args[1], CultureInfo.InvariantCulture); batch < end; batch++)
{
    while (queue.CountWaiting() > maxWaiting)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(2), wall);
    }

    try
    {
        await SendAsync(batch);
    }
    catch (StoreUnavailableException refused)
    {
        await Console.Out.WriteLineAsync($"refused {batch}: {refused.Message}");
        Environment.Exit(0); // as a machine that is switched off: whatever is under way is cut
    }

    await Console.Out.WriteLineAsync(batch.ToString(CultureInfo.InvariantCulture));
    await Console.Out.FlushAsync();
}

while (queue.CountWaiting() > 0)
{
    await Task.Delay(TimeSpan.FromMilliseconds(20), wall);
}

await worker.StopAsync(CancellationToken.None);

async Task SendAsync(int batch)
{
    if (EventScript.HasPoison(batch))
    {
        byte[] poison = Encoding.UTF8.GetBytes(EventScript.Poison(batch));
        await queue.PublishAsync([new QueueMessage(poison, EventWire.Attributes)], CancellationToken.None);
    }

    using JsonDocument body = script.Body(batch);
    EventCollector collector = new(
        queue, services.GetRequiredService<Pseudonymizer>(), new StandingClock(EventScript.AcceptedAt(batch)), services.GetRequiredService<IngestMetrics>());
    await collector.CollectAsync(CollectEventsRequest.From(body.RootElement, [])!, CancellationToken.None);
}
