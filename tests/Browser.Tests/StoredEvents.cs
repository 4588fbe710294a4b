using Aisle.Host.Serving;
using Aisle.Local.DuckDb;
using Aisle.Privacy;
using DuckDB.NET.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.Browser.Tests;

/// <summary>What of a visitor's doings reached the warehouse.</summary>
internal static class StoredEvents
{
    private const int Looks = 300;

    /// <summary>The events of one visitor, by the id that stands in the browser's storage or that the shop gave.</summary>
    public static IReadOnlyList<StoredEvent> Of(LocalShop shop, string rawUser)
    {
        string user = shop.Services.GetRequiredService<Pseudonymizer>().UserOf(rawUser).Value;
        using DuckDBConnection connection = shop.Services.GetRequiredService<DuckDbDatabase>().Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT event_type, user_id, assignment_id, product_id, session_id, page_type, page_load_ms, slate_id, position, quantity, revenue_minor, order_id, device_type
            FROM interaction_events WHERE user_id = $user OR assignment_id = $user ORDER BY event_timestamp, event_id
            """;
        command.Parameters.Add(new DuckDBParameter("user", user));
        using DuckDBDataReader reader = command.ExecuteReader();
        List<StoredEvent> events = [];
        while (reader.Read())
        {
            events.Add(new StoredEvent(
                reader.GetString(0), reader.GetString(1), Text(reader, 2), Text(reader, 3), Text(reader, 4), Text(reader, 5), Whole(reader, 6), Text(reader, 7),
                Whole(reader, 8), Whole(reader, 9), Whole(reader, 10), Text(reader, 11), Text(reader, 12)));
        }

        return events;
    }

    /// <summary>Waits until the visitor's events are as expected, or gives those that there are.</summary>
    public static async Task<IReadOnlyList<StoredEvent>> UntilAsync(
        LocalShop shop, string rawUser, Func<IReadOnlyList<StoredEvent>, bool> holds, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredEvent> events = Of(shop, rawUser);
        for (int look = 0; !holds(events) && look < Looks; look++)
        {
            await Task.Delay(100, cancellationToken);
            events = Of(shop, rawUser);
        }

        return events;
    }

    private static string? Text(DuckDBDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static long? Whole(DuckDBDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
