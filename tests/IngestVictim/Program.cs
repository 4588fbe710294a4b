// A process that is made to be killed. It collects scripted batches into the durable queue while the worker empties it into warehouse and profiles,
// and prints the number of each batch once it is acknowledged. Arguments: folder, first batch, end (exclusive). It exits by itself when all is ingested.
using System.Globalization;
using System.Text;
using System.Text.Json;
using Aisle.Events;
using Aisle.Http;
using Aisle.IngestEvent;
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
    .AddLocalStores(workspace, new LocalOptions { WallClock = wall })
    .AddIngestEvent(ApiRole.None)
    .AddIngestWorker(new IngestWorkerOptions { BatchSize = 60, Lease = TimeSpan.FromSeconds(1), IdleDelay = TimeSpan.FromMilliseconds(5) })
    .BuildServiceProvider();
SqliteEventQueue queue = services.GetRequiredService<SqliteEventQueue>();
IngestWorker worker = services.GetRequiredService<IngestWorker>();
await worker.StartAsync(CancellationToken.None);

int end = int.Parse(args[2], CultureInfo.InvariantCulture);
for (int batch = int.Parse(args[1], CultureInfo.InvariantCulture); batch < end; batch++)
{
    if (EventScript.HasPoison(batch))
    {
        byte[] poison = Encoding.UTF8.GetBytes(EventScript.Poison(batch));
        await queue.PublishAsync([new QueueMessage(poison, EventWire.Attributes)], CancellationToken.None);
    }

    using JsonDocument body = EventScript.Body(batch);
    await services.GetRequiredService<EventCollector>().CollectAsync(CollectEventsRequest.From(body.RootElement), CancellationToken.None);
    await Console.Out.WriteLineAsync(batch.ToString(CultureInfo.InvariantCulture));
    await Console.Out.FlushAsync();
}

while (queue.CountWaiting() > 0)
{
    await Task.Delay(TimeSpan.FromMilliseconds(20), wall);
}

await worker.StopAsync(CancellationToken.None);
