-- How often each product was served in slates and seen (impressions) on each day, in whole days since 1970-01-01 UTC, in [@from, @to).
-- A slate may be logged several times and counts once; an item is served at most once a slate.
WITH served AS (
  SELECT
    slate_id,
    product_id,
    MIN(served_at) AS served_at
  FROM slate_items
  WHERE served_at >= @from
    AND served_at < @to
  GROUP BY slate_id, product_id
),
shown AS (
  SELECT
    product_id,
    DIV(UNIX_SECONDS(served_at), 86400) AS day,
    1 AS slates,
    0 AS impressions
  FROM served
  UNION ALL
  SELECT
    product_id,
    DIV(UNIX_SECONDS(event_timestamp), 86400) AS day,
    0 AS slates,
    1 AS impressions
  FROM interaction_events
  WHERE event_type = 'impression'
    AND product_id IS NOT NULL
    AND event_timestamp >= @from
    AND event_timestamp < @to
)
SELECT
  product_id,
  day,
  SUM(slates) AS slates,
  SUM(impressions) AS impressions
FROM shown
GROUP BY product_id, day
ORDER BY product_id, day
