using System.Diagnostics.Metrics;
using Aisle.Host.Metrics;
using Aisle.Http;

namespace Aisle.Host.Tests;

[Collection(ShopTests.Name)]
public sealed class MetricsTests(ShopFixture shop)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_freshness_of_an_event_reaches_the_histogram_and_its_product_the_join_rate()
    {
        string now = await shop.NowAsync(Token);
        await ScrapeAsync();
        await shop.AskAsync(
            ApiRole.Collector, HttpMethod.Post, "/v1/events",
            $$"""{"events":[{"event_id":"m-1","user_id":"metric","event_type":"view","product_id":"P00001","event_timestamp":"{{now}}"},{"event_id":"m-2","user_id":"metric","event_type":"view","product_id":"nowhere","event_timestamp":"{{now}}"}]}""",
            Token);

        string text;
        while (!(text = await ScrapeAsync()).Contains("aisle_ingest_products_unknown_total", StringComparison.Ordinal))
        {
            await Task.Delay(20, Token);
        }

        Assert.Contains("# TYPE aisle_ingest_freshness_seconds histogram", text, StringComparison.Ordinal);
        Assert.Contains("aisle_ingest_freshness_seconds_bucket{le=\"+Inf\"}", text, StringComparison.Ordinal);
        Assert.Contains("aisle_ingest_products_known_total ", text, StringComparison.Ordinal);
        Assert.Contains("aisle_collector_accepted_total ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Counters_add_up_gauges_keep_the_last_and_histograms_fill_buckets()
    {
        using MeterRecorder recorder = new();
        using Meter meter = new("Aisle.Test");
        Counter<long> counter = meter.CreateCounter<long>("aisle.test.count");
        Gauge<double> gauge = meter.CreateGauge<double>("aisle.test.level");
        Histogram<double> histogram = meter.CreateHistogram("aisle.test.time", "s", "Time.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2] });

        counter.Add(2, new KeyValuePair<string, object?>("kind", "a\"b"));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "a\"b"));
        gauge.Record(1.5);
        gauge.Record(0.5);
        Array.ForEach([0.5, 1.5, 5.0], value => histogram.Record(value));
        string text = recorder.ToPrometheus();

        Assert.Contains("aisle_test_count_total{kind=\"a\\\"b\"} 5\n", text, StringComparison.Ordinal);
        Assert.Contains("aisle_test_level 0.5\n", text, StringComparison.Ordinal);
        Assert.Contains("aisle_test_time_seconds_bucket{le=\"1\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("aisle_test_time_seconds_bucket{le=\"2\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("aisle_test_time_seconds_bucket{le=\"+Inf\"} 3\naisle_test_time_seconds_sum 7\naisle_test_time_seconds_count 3\n", text, StringComparison.Ordinal);
    }

    private async Task<string> ScrapeAsync()
    {
        using HttpClient client = new() { BaseAddress = shop.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", shop.KeyOf(ApiRole.Operator));
        return await client.GetStringAsync("/metrics", Token);
    }
}
