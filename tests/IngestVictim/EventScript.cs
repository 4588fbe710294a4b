using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aisle.IngestVictim;

/// <summary>What the senders of the kill test send: the same bodies in every process, with repeats, other acts under known ids, late events
/// and events out of order among them.</summary>
/// <param name="newPerBatch">New events of a batch; a quarter more are repeated from the batch before.</param>
public sealed class EventScript(int newPerBatch)
{
    /// <summary>Where the workspace's clock stands.</summary>
    public static readonly DateTimeOffset AsOf = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Types = ["view", "click", "add_to_cart", "purchase", "page_view", "view", "remove_from_cart"];

    private readonly int _repeatedPerBatch = newPerBatch / 4;
    private readonly int _shoppers = 17 + newPerBatch;

    /// <summary>The pseudonym key of the shop.</summary>
    public static byte[] Key => new byte[32];

    /// <summary>When a batch is accepted: the script's to say, so that it does not depend on when the process was killed. The clocks of
    /// collectors differ, so that a later batch may be accepted earlier.</summary>
    public static DateTimeOffset AcceptedAt(int batch) => AsOf.AddSeconds(batch * 37 % 60);

    /// <summary>The body of one request.</summary>
    public JsonDocument Body(int batch)
    {
        int first = batch * newPerBatch;
        IEnumerable<int> ids = Enumerable.Range(Math.Max(0, first - _repeatedPerBatch), newPerBatch + Math.Min(first, _repeatedPerBatch));
        JsonArray events = [.. ids.Reverse().Select(id => Event(id, isRepeated: id < first))];
        return JsonDocument.Parse(new JsonObject { ["events"] = events }.ToJsonString());
    }

    /// <summary>A message that is no event: what a broken publisher puts on the queue.</summary>
    public static string Poison(int batch) => string.Create(CultureInfo.InvariantCulture, $"poison {batch}");

    /// <summary>Whether a batch is followed by poison.</summary>
    public static bool HasPoison(int batch) => batch % 10 == 3;

    private JsonObject Event(int id, bool isRepeated)
    {
        // A careless sender: some ids come a second time with another act, later and of somebody else. The one
        // that was accepted first counts.
        bool isOther = isRepeated && id % 17 == 5;
        string type = isOther ? "click" : Types[id % Types.Length];
        JsonObject json = new()
        {
            ["event_id"] = string.Create(CultureInfo.InvariantCulture, $"e{id:000000}"),
            ["user_id"] = string.Create(CultureInfo.InvariantCulture, $"shopper {(isOther ? id + 1 : id) * 7 % _shoppers}"),
            ["event_type"] = type,
            ["event_timestamp"] = AsOf.AddSeconds(-(id * 7919L % 200_000) + (isOther ? 60 : 0)).ToString("O", CultureInfo.InvariantCulture),
            ["session_id"] = string.Create(CultureInfo.InvariantCulture, $"s{id % 11}"),
            ["device_type"] = id % 3 == 0 ? "mobile" : "desktop",
        };
        if (type != "page_view")
        {
            json["product_id"] = string.Create(CultureInfo.InvariantCulture, $"p{(isOther ? 999 : id * 31L % 101)}");
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
