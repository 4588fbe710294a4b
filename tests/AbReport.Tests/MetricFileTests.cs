using System.Text.Json;
using Aisle.AbReport.Metrics;
using Aisle.Events;
using Aisle.Sql;

namespace Aisle.AbReport.Tests;

public sealed class MetricFileTests
{
    [Fact]
    public void A_mean_a_share_and_a_ratio_are_read()
    {
        (MetricFile file, IReadOnlyList<MetricDefinition> metrics) = Read(
            """
            {"metrics":[
              {"key":"carts_per_user","kind":"mean","numerator":{"events":["add_to_cart"],"of":"quantity"},"role":"goal"},
              {"key":"ever_viewed_mobile","kind":"proportion","numerator":{"events":["view"],"where":{"device_type":"mobile"}},"unit":"share"},
              {"key":"carts_per_order","kind":"ratio","numerator":{"events":["add_to_cart"]},"denominator":"orders","higher_is_better":false,"role":"guardrail","margin":0.1}]}
            """);

        Assert.Empty(file.Problems);
        Assert.Equal(["carts_per_user", "ever_viewed_mobile", "carts_per_order"], metrics.Select(metric => metric.Key));
        ExperimentMeasure carts = Assert.Single(metrics[0].Measures);
        Assert.Equal((MeasureColumn.Quantity, EventType.AddToCart), (carts.Column, Assert.Single(carts.Types)));
        Assert.True(Assert.Single(metrics[1].Measures).IsAny);
        Assert.Equal(("orders", 0.1, false), (metrics[2].Denominator, metrics[2].Margin, metrics[2].IsHigherBetter));
    }

    [Fact]
    public void A_quantile_is_of_the_single_values_of_its_numerator()
    {
        (MetricFile file, IReadOnlyList<MetricDefinition> metrics) = Read(
            """
            {"metrics":[
              {"key":"slow_checkout","kind":"quantile","quantile":0.9,"numerator":{"events":["page_view"],"of":"page_load_ms","where":{"page_type":"checkout"}},"unit":"milliseconds"},
              {"key":"page_load_p99","kind":"quantile","quantile":0.99,"numerator":"page_load","unit":"milliseconds","role":"guardrail","higher_is_better":false}]}
            """);

        Assert.Empty(file.Problems);
        Assert.Equal((0.9, MeasureColumn.PageLoadMs, "checkout"), (metrics[0].Quantile!.Share, metrics[0].Quantile!.Measure.Column, metrics[0].Quantile!.Measure.Filters[0].Value));
        Assert.Equal(ExperimentMeasure.PageLoads, metrics[1].Quantile!.Measure);
        Assert.All(metrics, metric => Assert.Empty(metric.Measures));
    }

    [Theory]
    [InlineData("""[]""", "metrics")]
    [InlineData("""{"metrics":[{"key":"a","kind":"quantile","numerator":"page_load"}]}""", "metrics[0].quantile")]
    [InlineData("""{"metrics":[{"key":"a","kind":"quantile","quantile":1,"numerator":"page_load"}]}""", "metrics[0].quantile")]
    [InlineData("""{"metrics":[{"key":"a","kind":"quantile","quantile":0.5,"numerator":{"events":["view"]}}]}""", "metrics[0].numerator.of")]
    [InlineData("""{"metrics":[{"key":"a","kind":"coverage","numerator":"impressions"}]}""", "metrics[0].kind")]
    [InlineData("""{"metrics":[{"key":"a","kind":7,"numerator":"orders"}]}""", "metrics[0].kind")]
    [InlineData("""{"metrics":[{"key":"a","kind":"proportion","numerator":"orders"}]}""", "metrics[0].numerator")]
    [InlineData("""{"metrics":[{"key":"a","numerator":"orders","higher_is_beter":false}]}""", "metrics[0].higher_is_beter")]
    [InlineData("""{"metrics":[{"key":"a","numerator":{"events":["view"],"where":"mobile"}}]}""", "metrics[0].numerator.where")]
    [InlineData("""{"metrics":[{"key":"Größe","numerator":"orders"}]}""", "metrics[0].key")]
    [InlineData("""{"metrics":[{"key":"conversion","numerator":"orders"}]}""", "metrics[0].key")]
    [InlineData("""{"metrics":[{"key":"a","numerator":"wishes"}]}""", "metrics[0].numerator")]
    [InlineData("""{"metrics":[{"key":"a","numerator":{"events":["wish"]}}]}""", "metrics[0].numerator.events")]
    [InlineData("""{"metrics":[{"key":"a","kind":"ratio","numerator":"orders"}]}""", "metrics[0].denominator")]
    [InlineData("""{"metrics":[{"key":"a","kind":"mode","numerator":"orders"}]}""", "metrics[0].kind")]
    [InlineData("""{"metrics":[{"key":"a","numerator":"orders","margin":7}]}""", "metrics[0].margin")]
    [InlineData("""{"metrics":[{"key":"a","numerator":{"events":["view"],"where":{"user_id":"x"}}}]}""", "metrics[0].numerator.where.user_id")]
    [InlineData("""{"metrics":[7]}""", "metrics[0].key")]
    public void What_is_wrong_is_named_by_its_path_and_left_out(string text, string field)
    {
        (MetricFile file, IReadOnlyList<MetricDefinition> metrics) = Read(text);

        Assert.Contains(field, file.Problems.Select(problem => problem.Field));
        Assert.Empty(metrics);
    }

    private static (MetricFile File, IReadOnlyList<MetricDefinition> Metrics) Read(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        MetricFile file = new();
        return (file, file.Read(document.RootElement));
    }
}
