using System.Text;
using System.Text.Json;
using Aisle.Events;
using Aisle.IngestVictim;
using Aisle.Local;
using Aisle.Local.Sqlite;
using Aisle.Local.Workspaces;
using Aisle.Numerics;
using Aisle.Ports;
using Aisle.Privacy;
using Aisle.Testing;
using DuckDB.NET.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.IngestEvent.Tests;

public sealed class KilledIngestTests
{
    private const int Batches = 150;
    private const int Kills = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_kill_minus_nine_every_acknowledged_event_is_there_once_and_the_features_are_right()
    {
        using TemporaryFolder folder = new();
        SeededRandom random = new(9);
        int next = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            // A lifetime is 1 to 25 acknowledgements; the last victim dies while it empties the queue, with nothing left to send.
            int lifetime = kill == Kills - 1 ? Batches - next : 1 + random.NextInt(25);
            TimeSpan grace = TimeSpan.FromMilliseconds(kill == Kills - 1 ? 0 : random.NextInt(40));
            next = await Victim.KillAfterAsync(folder.Path, next, Batches, lifetime, grace, Token) + 1;
        }

        Assert.Equal(Batches, next);
        await Victim.FinishAsync(folder.Path, next, Batches, Token);

        await AssertStoresHoldAsync(folder.Path, Reference());
    }

    private static async Task AssertStoresHoldAsync(string folder, IReadOnlyList<InteractionEvent> reference)
    {
        using Workspace workspace = Workspace.TryOpen(folder)!;
        await using ServiceProvider services = new ServiceCollection()
            .AddLocalStores(workspace, new LocalOptions { WallClock = new FakeTimeProvider(EventScript.AsOf) })
            .BuildServiceProvider();

        Assert.Equal(
            reference.Select(Row).Order(StringComparer.Ordinal), ReadRows(workspace.WarehouseFile));
        ILookup<UserId, InteractionEvent> byUser = reference.ToLookup(e => e.User!.Value);
        IReadOnlyDictionary<UserId, Versioned<ShopperProfile>> profiles =
            await services.GetRequiredService<IProfileStore>().ReadManyAsync([.. byUser.Select(group => group.Key)], Token);
        Assert.All(byUser, group => Assert.Equivalent(SessionFeatures.Merge(null, group.Key, [.. group]), profiles[group.Key].Value, strict: true));
        SqliteEventQueue queue = services.GetRequiredService<SqliteEventQueue>();
        Assert.Equal(
            Enumerable.Range(0, Batches).Where(EventScript.HasPoison).Select(EventScript.Poison).ToHashSet(),
            queue.ReadParked(1_000).Select(parked => Encoding.UTF8.GetString(parked.Data.Span)).ToHashSet());
    }

    /// <summary>What the whole script says, by the rules, each event once.</summary>
    private static List<InteractionEvent> Reference()
    {
        EventRules rules = new(EventLimits.Collector, new Pseudonymizer(EventScript.Key).UserOf);
        Dictionary<EventId, InteractionEvent> events = [];
        for (int batch = 0; batch < Batches; batch++)
        {
            using JsonDocument body = EventScript.Body(batch);
            foreach (JsonElement json in CollectEventsRequest.From(body.RootElement).Events)
            {
                List<EventFault> faults = [];
                InteractionEvent accepted = rules.Accept(RawEventJson.Read(json, faults), EventScript.AsOf, faults)!;
                events[accepted.Id] = accepted;
            }
        }

        return [.. events.Values];
    }

    private static string Row(InteractionEvent e) =>
        $"{e.Id.Value}|{e.User!.Value.Value}|{e.Type.WireName()}|{e.Product?.Value}|{e.OccurredAt.ToUnixTimeSeconds()}|{e.RevenueMinor}";

    /// <summary>All rows, repeats included, in the order of their text.</summary>
    private static List<string> ReadRows(string file)
    {
        using DuckDBConnection connection = new($"DataSource={file}");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT concat_ws('|', event_id, user_id, event_type, COALESCE(product_id, ''), CAST(epoch_us(event_timestamp) // 1000000 AS VARCHAR),
              COALESCE(CAST(revenue_minor AS VARCHAR), ''))
            FROM interaction_events
            """;
        using DuckDBDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
