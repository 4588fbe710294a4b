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

    [Theory]
    [InlineData("""[]""", "metrics")]
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
