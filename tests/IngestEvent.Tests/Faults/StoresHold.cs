using System.Text;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.IngestVictim;
using Aisle.Local;
using Aisle.Local.Sqlite;
using Aisle.Local.Workspaces;
using Aisle.Ports;
using DuckDB.NET.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.IngestEvent.Tests.Faults;

/// <summary>Compares the stores of a workspace with what the script says.</summary>
internal static class StoresHold
{
    public static async Task AssertAsync(string folder, ScriptRun run, CancellationToken cancellationToken)
    {
        using Workspace workspace = Workspace.TryOpen(folder)!;
        await using ServiceProvider services = new ServiceCollection()
            .AddLocalStores(workspace, new LocalOptions { WallClock = new FakeTimeProvider(EventScript.AsOf) })
            .BuildServiceProvider();

        List<string> rows = ReadRows(workspace.WarehouseFile);
        IReadOnlyList<InteractionEvent> reference = run.Reference();

        Assert.Equal(reference.Select(Row).Order(StringComparer.Ordinal), rows);
        ILookup<UserId, InteractionEvent> byUser = reference.ToLookup(e => e.User!.Value);
        IReadOnlyDictionary<UserId, Versioned<ShopperProfile>> profiles =
            await services.GetRequiredService<IProfileStore>().ReadManyAsync([.. byUser.Select(group => group.Key)], cancellationToken);
        Assert.All(byUser, group => Assert.Equivalent(SessionFeatures.Merge(null, group.Key, [.. group]), profiles[group.Key].Value, strict: true));
        SqliteEventQueue queue = services.GetRequiredService<SqliteEventQueue>();
        Assert.Equal(0, queue.CountWaiting());
        Assert.Equal(run.Poison.ToHashSet(), queue.ReadParked(100_000).Select(parked => Encoding.UTF8.GetString(parked.Data.Span)).ToHashSet());
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
