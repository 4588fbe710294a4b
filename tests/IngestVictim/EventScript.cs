using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aisle.IngestVictim;

/// <summary>What the senders of the kill test send: the same bodies in every process, with repeats, late events and events out of order among them.</summary>
public static class EventScript
{
    /// <summary>Where the workspace's clock stands.</summary>
    public static readonly DateTimeOffset AsOf = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>New events of a batch; a few more are repeated from the batch before.</summary>
    private const int NewPerBatch = 20;

    private const int RepeatedPerBatch = 5;
    private const int Shoppers = 37;

    private static readonly string[] Types = ["view", "click", "add_to_cart", "purchase", "page_view", "view", "remove_from_cart"];

    /// <summary>The pseudonym key of the shop.</summary>
    public static byte[] Key => new byte[32];

    /// <summary>The body of one request.</summary>
    public static JsonDocument Body(int batch)
    {
        int first = batch * NewPerBatch;
        IEnumerable<int> ids = Enumerable.Range(Math.Max(0, first - RepeatedPerBatch), NewPerBatch + Math.Min(first, RepeatedPerBatch));
        JsonArray events = [.. ids.Reverse().Select(Event)];
        return JsonDocument.Parse(new JsonObject { ["events"] = events }.ToJsonString());
    }

    /// <summary>A message that is no event: what a broken publisher puts on the queue.</summary>
    public static string Poison(int batch) => string.Create(CultureInfo.InvariantCulture, $"poison {batch}");

    /// <summary>Whether a batch is followed by poison.</summary>
    public static bool HasPoison(int batch) => batch % 10 == 3;

    private static JsonObject Event(int id)
    {
        string type = Types[id % Types.Length];
        JsonObject json = new()
        {
            ["event_id"] = string.Create(CultureInfo.InvariantCulture, $"e{id:000000}"),
            ["user_id"] = string.Create(CultureInfo.InvariantCulture, $"shopper {id * 7 % Shoppers}"),
            ["event_type"] = type,
            ["event_timestamp"] = AsOf.AddSeconds(-(id * 7919 % 200_000)).ToString("O", CultureInfo.InvariantCulture),
            ["session_id"] = string.Create(CultureInfo.InvariantCulture, $"s{id % 11}"),
            ["device_type"] = id % 3 == 0 ? "mobile" : "desktop",
        };
        if (type != "page_view")
        {
            json["product_id"] = string.Create(CultureInfo.InvariantCulture, $"p{id * 31 % 101}");
        }

        if (type == "purchase")
        {
            json["quantity"] = 1 + (id % 3);
            json["unit_price"] = 12.5m;
            json["currency"] = "EUR";
        }

        return json;
    }
}
