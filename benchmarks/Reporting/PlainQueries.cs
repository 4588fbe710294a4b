namespace Aisle.Benchmarks.Reporting;

/// <summary>What an analyst would write by hand, in DuckDB's own words, for what a report answers; no test, no health, no charts.</summary>
internal static class PlainQueries
{
    private const string Exposed =
        """
        WITH exposed AS (
          SELECT assignment_id, MIN(variant) AS variant, MIN(exposed_at) AS exposed_at FROM exposures
          WHERE experiment = $experiment AND exposed_at >= $from AND exposed_at < $to GROUP BY assignment_id)
        """;

    /// <summary>The same metrics as a report's, with the fortnight before that their variance is reduced by: each visitor's sessions, acts, orders and revenue, then means, variances
    /// and covariances by variant; quantiles of page loads; products shown.</summary>
    public static IReadOnlyList<string> OfAllMetrics { get; } =
    [
        Exposed + """
        ,
        happened AS (
          SELECT x.assignment_id, x.exposed_at, e.session_id, e.event_type, e.event_timestamp, e.order_id, e.slate_id, e.revenue_minor, e.event_timestamp >= x.exposed_at AS is_after
          FROM exposed AS x JOIN interaction_events AS e ON COALESCE(e.assignment_id, e.user_id) = x.assignment_id
          WHERE e.event_timestamp >= $before AND e.event_timestamp < $to),
        sessions AS (
          SELECT assignment_id, session_id, is_after, date_diff('second', MIN(event_timestamp), MAX(event_timestamp)) AS seconds,
            COUNT(*) FILTER (event_type = 'page_view') <= 1 AND COUNT(*) FILTER (event_type = 'view') <= 1
              AND COUNT(*) FILTER (event_type IN ('click', 'add_to_cart', 'remove_from_cart', 'purchase')) = 0 AS is_bounce,
            BOOL_OR(event_timestamp >= exposed_at + INTERVAL 1 DAY AND event_timestamp < exposed_at + INTERVAL 8 DAYS) AS is_return
          FROM happened WHERE event_type <> 'refund' AND session_id IS NOT NULL GROUP BY ALL),
        visited AS (
          SELECT assignment_id, COUNT(*) FILTER (is_after) AS sessions, SUM(seconds) FILTER (is_after) AS seconds, COUNT(*) FILTER (is_after AND is_bounce) AS bounces, BOOL_OR(is_return) AS returned,
            COUNT(*) FILTER (NOT is_after) AS sessions_before, SUM(seconds) FILTER (NOT is_after) AS seconds_before
          FROM sessions GROUP BY assignment_id),
        acted AS (
          SELECT assignment_id,
            SUM(revenue_minor) FILTER (is_after) AS revenue, COUNT(DISTINCT order_id) FILTER (is_after AND event_type = 'purchase') AS orders,
            COUNT(DISTINCT order_id) FILTER (is_after AND event_type = 'refund') AS refunded,
            COUNT(*) FILTER (is_after AND event_type = 'click') AS clicks, COUNT(*) FILTER (is_after AND event_type = 'click' AND slate_id IS NOT NULL) AS slate_clicks,
            COUNT(*) FILTER (is_after AND event_type = 'impression') AS impressions,
            SUM(revenue_minor) FILTER (NOT is_after) AS revenue_before, COUNT(DISTINCT order_id) FILTER (NOT is_after AND event_type = 'purchase') AS orders_before,
            COUNT(*) FILTER (NOT is_after AND event_type = 'click') AS clicks_before, COUNT(*) FILTER (NOT is_after AND event_type = 'impression') AS impressions_before
          FROM happened GROUP BY assignment_id)
        SELECT variant, COUNT(*), AVG(COALESCE(revenue, 0)), VAR_SAMP(COALESCE(revenue, 0)), COVAR_SAMP(COALESCE(revenue, 0), COALESCE(revenue_before, 0)), VAR_SAMP(COALESCE(revenue_before, 0)),
          AVG(CASE WHEN orders > 0 THEN 1 ELSE 0 END), AVG(COALESCE(orders, 0)), VAR_SAMP(COALESCE(orders, 0)), COVAR_SAMP(COALESCE(orders, 0), COALESCE(orders_before, 0)),
          SUM(slate_clicks) / SUM(impressions), VAR_SAMP(slate_clicks), VAR_SAMP(impressions), COVAR_SAMP(slate_clicks, impressions), COVAR_SAMP(impressions, impressions_before),
          SUM(revenue) / SUM(orders), COVAR_SAMP(revenue, orders), SUM(clicks) / SUM(sessions), COVAR_SAMP(clicks, sessions), COVAR_SAMP(clicks, clicks_before),
          SUM(seconds) / SUM(sessions), VAR_SAMP(seconds), COVAR_SAMP(seconds, sessions), COVAR_SAMP(seconds, seconds_before), SUM(bounces) / SUM(sessions), COVAR_SAMP(bounces, sessions), COVAR_SAMP(sessions, sessions_before),
          AVG(CASE WHEN returned THEN 1 ELSE 0 END) FILTER (exposed_at + INTERVAL 8 DAYS <= $to), SUM(refunded) / SUM(orders), COVAR_SAMP(refunded, orders)
        FROM exposed LEFT JOIN visited USING (assignment_id) LEFT JOIN acted USING (assignment_id)
        GROUP BY variant ORDER BY variant
        """,
        Exposed + """

        SELECT variant, QUANTILE_CONT(page_load_ms, [0.5, 0.95]) FROM exposed AS x JOIN interaction_events AS e ON COALESCE(e.assignment_id, e.user_id) = x.assignment_id AND e.event_timestamp >= x.exposed_at
        WHERE e.event_timestamp < $to AND e.event_type = 'page_view' GROUP BY variant ORDER BY variant
        """,
        Exposed + """

        SELECT variant, COUNT(DISTINCT product_id), COUNT(*) FROM exposed AS x JOIN interaction_events AS e ON COALESCE(e.assignment_id, e.user_id) = x.assignment_id AND e.event_timestamp >= x.exposed_at
        WHERE e.event_timestamp < $to AND e.event_type = 'impression' GROUP BY variant ORDER BY variant
        """,
    ];

    /// <summary>Five figures only: revenue, orders, clicks by session and by item shown, order value.</summary>
    public static IReadOnlyList<string> OfFiveFigures { get; } =
    [
        Exposed + """
        ,
        visitors AS (
          SELECT exposed.assignment_id, MIN(exposed.variant) AS variant, COUNT(DISTINCT e.session_id) AS sessions,
            SUM(CASE WHEN e.event_type = 'click' THEN 1 ELSE 0 END) AS clicks, SUM(CASE WHEN e.event_type = 'impression' THEN 1 ELSE 0 END) AS impressions,
            COUNT(DISTINCT e.order_id) AS orders, SUM(COALESCE(e.revenue_minor, 0)) AS revenue
          FROM exposed LEFT JOIN interaction_events AS e
            ON e.assignment_id = exposed.assignment_id AND e.event_timestamp >= exposed.exposed_at AND e.event_timestamp < $to
          GROUP BY exposed.assignment_id)
        SELECT variant, COUNT(*), AVG(revenue), STDDEV(revenue), AVG(orders), SUM(clicks) / SUM(sessions), SUM(clicks) / SUM(impressions), SUM(revenue) / SUM(orders)
        FROM visitors GROUP BY variant ORDER BY variant
        """,
    ];
}
