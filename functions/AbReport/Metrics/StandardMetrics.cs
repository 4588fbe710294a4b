using Aisle.Sql;

namespace Aisle.AbReport.Metrics;

/// <summary>The metrics of every report.</summary>
public static class StandardMetrics
{
    /// <summary>How much worse a guardrail may be by default, relative to the control.</summary>
    public const double DefaultMargin = 0.05;

    /// <summary>All of them, the primary goal first.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        new("revenue_per_user", "Revenue per visitor", MetricKind.Mean, "revenue", null, MetricUnit.Money, MetricRole.Goal, true, 0),
        new("conversion", "Conversion (buyers ÷ visitors)", MetricKind.Proportion, "buyers", null, MetricUnit.Share, MetricRole.Goal, true, 0),
        new("click_through", "Click-through of slates (clicks ÷ items shown)", MetricKind.Ratio, "slate_clicks", "impressions", MetricUnit.Share, MetricRole.Goal, true, 0),
        new("average_order_value", "Average order value", MetricKind.Ratio, "revenue", "orders", MetricUnit.Money, MetricRole.Goal, true, 0),
        new("clicks_per_session", "Clicks per session", MetricKind.Ratio, "clicks", "sessions", MetricUnit.Number, MetricRole.Supporting, true, 0),
        new("orders_per_user", "Orders per visitor", MetricKind.Mean, "orders", null, MetricUnit.Number, MetricRole.Supporting, true, 0),
        new("session_duration", "Session duration", MetricKind.Ratio, "session_seconds", "sessions", MetricUnit.Seconds, MetricRole.Supporting, true, 0),
        new("return_rate_7d", "Came back within 7 days", MetricKind.Ratio, "returned", "could_return", MetricUnit.Share, MetricRole.Supporting, true, 0),
        new("bounce_rate", "Bounce rate (sessions of one page)", MetricKind.Ratio, "bounced_sessions", "sessions", MetricUnit.Share, MetricRole.Guardrail, false, DefaultMargin),
        new("order_return_rate", "Orders given back", MetricKind.Ratio, "refunded_orders", "orders", MetricUnit.Share, MetricRole.Guardrail, false, DefaultMargin),
        PageLoad("page_load_p50", "Page load, median", 0.5),
        PageLoad("page_load_p95", "Page load, 95th percentile", 0.95),
        new("catalogue_coverage", "Catalogue shown, at equal exposure", MetricKind.Coverage, "impressions", null, MetricUnit.Share, MetricRole.Guardrail, true, DefaultMargin),
    ];

    private static MetricDefinition PageLoad(string key, string label, double share) => new(
        key, label, MetricKind.Quantile, ExperimentMeasure.PageLoads.Name, null, MetricUnit.Milliseconds, MetricRole.Guardrail, false, DefaultMargin)
    {
        Quantile = new ValueQuantile(ExperimentMeasure.PageLoads, share),
    };
}
