using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Aisle.Benchmarks.Serving;

/// <summary><c>ingest</c>: events per second over HTTP into the durable queue, and on through the event function into warehouse and session features.</summary>
internal static class IngestBenchmark
{
    private const int BatchSize = 500;
    private const int Senders = 4;

    /// <summary>Runs and prints. The end is when the act of a stranger who came last changes that stranger's slate: the queue keeps the order.</summary>
    public static async Task RunAsync(string folder, int events, CancellationToken cancellationToken)
    {
        await using Shop shop = await Shop.StartAsync(folder, cancellationToken);
        using HttpClient client = new() { BaseAddress = shop.Url };
        client.DefaultRequestHeaders.Add("X-Api-Key", shop.KeyOf("collector"));
        string run = Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture);
        DateTimeOffset now = await NowAsync(client, cancellationToken);
        string[] batches = [.. Enumerable.Range(0, events / BatchSize).Select(batch => Batch(run, batch, now))];
        long started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            batches, new ParallelOptions { MaxDegreeOfParallelism = Senders, CancellationToken = cancellationToken },
            async (batch, token) => await SendAsync(client, batch, token));
        double accepted = Stopwatch.GetElapsedTime(started).TotalSeconds;
        string last = $"last-{run}";
        await SendAsync(client, $$"""{"event_id":"{{last}}","user_id":"{{last}}","event_type":"view","product_id":"P00001","event_timestamp":"{{now:O}}"}""", cancellationToken);
        await WaitUntilKnownAsync(shop, last, cancellationToken);
        double visible = Stopwatch.GetElapsedTime(started).TotalSeconds;
        int sent = batches.Length * BatchSize;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sent:N0} events in batches of {BatchSize}, {Senders} senders over loopback"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"accepted and durable:              {sent / accepted,9:N0} events/s ({accepted:0.0} s)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"in warehouse and session features: {sent / visible,9:N0} events/s ({visible:0.0} s)"));
    }

    private static async Task<DateTimeOffset> NowAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await client.GetAsync("/healthz", cancellationToken);
        return response.Headers.Date ?? throw new InvalidOperationException("The host does not say what time it is.");
    }

    private static string Batch(string run, int batch, DateTimeOffset now)
    {
        StringBuilder json = new("{\"events\":[");
        for (int i = 0; i < BatchSize; i++)
        {
            int number = (batch * BatchSize) + i;
            json.Append(i == 0 ? "" : ",").Append(
                CultureInfo.InvariantCulture,
                $"{{\"event_id\":\"b-{run}-{number}\",\"user_id\":\"shopper-{(number * 7919 % 5_000) + 1:D5}\",\"event_type\":\"view\",\"product_id\":\"P{(number * 104_729 % 2_000) + 1:D5}\",\"event_timestamp\":\"{now.AddMilliseconds(-number % 60_000):O}\",\"session_id\":\"s-{run}-{number / 7}\",\"device_type\":\"mobile\",\"page_type\":\"product\"}}");
        }

        return json.Append("]}").ToString();
    }

    private static async Task SendAsync(HttpClient client, string json, CancellationToken cancellationToken)
    {
        using StringContent body = new(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync("/v1/events", body, cancellationToken);
        response.EnsureSuccessStatusCode();
        using JsonDocument? outcome = await response.Content.ReadFromJsonAsync<JsonDocument>(cancellationToken);
        if (outcome!.RootElement.GetProperty("rejected").GetArrayLength() > 0)
        {
            throw new InvalidOperationException(outcome.RootElement.GetProperty("rejected")[0].GetRawText());
        }
    }

    private static async Task WaitUntilKnownAsync(Shop shop, string user, CancellationToken cancellationToken)
    {
        while (true)
        {
            using JsonDocument slate = JsonDocument.Parse(await shop.SlateAsync(user, cancellationToken));
            if (slate.RootElement.GetProperty("strategy").GetString() != "popularity_cohort")
            {
                return;
            }

            await Task.Delay(20, cancellationToken);
        }
    }
}
