using System.Globalization;
using System.Text;

namespace Aisle.Benchmarks.Ingest;

/// <summary>Complete requests to the collector. Events are spread over shoppers and products by a fixed step, so that a run is the same
/// each time but for its times and ids.</summary>
/// <param name="run">Keeps the event ids of several runs on one store apart.</param>
/// <param name="shoppers">Over how many shoppers the events are spread.</param>
internal sealed class EventBodies(string run, int shoppers)
{
    private const int Products = 2_000;

    /// <summary>The collector's key in requests and server.</summary>
    public const string Key = "benchmark-collector-key";

    /// <summary>One request with the events <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> − 1.</summary>
    public byte[] Request(int first, int count, DateTimeOffset now)
    {
        StringBuilder json = new(count * 300);
        json.Append("{\"events\":[");
        for (int number = first; number < first + count; number++)
        {
            json.Append(number == first ? "" : ",").Append(
                CultureInfo.InvariantCulture,
                $"{{\"event_id\":\"{run}-{number}\",\"user_id\":\"shopper-{(int)(number * 7919L % shoppers):D5}\",\"event_type\":\"{Type(number)}\",\"product_id\":\"P{number * 104_729L % Products:D5}\",\"event_timestamp\":\"{now:O}\",\"session_id\":\"s-{run}-{number / 7}\",\"device_type\":\"mobile\",\"page_type\":\"product\"}}");
        }

        json.Append("]}");
        int length = Encoding.UTF8.GetByteCount(json.ToString());
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST /v1/events HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {Key}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{json}"));
    }

    /// <summary>All requests of a run.</summary>
    public byte[][] Requests(int events, int batch, DateTimeOffset now) =>
        [.. Enumerable.Range(0, events / batch).Select(request => Request(request * batch, batch, now))];

    private static string Type(int number) => (number % 7) switch { 0 => "click", 1 => "add_to_cart", _ => "view" };
}
