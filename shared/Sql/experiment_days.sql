-- What each day of an experiment added, by variant and statistics bucket: visitors exposed for the first time, and their net revenue.
-- Days count from @from. Sums of buckets add up over days, which sums of squares of visitors do not.
-- The marked line is written by LeftOutVisitors.
WITH exposed AS (
  SELECT
    assignment_id,
    MIN(variant) AS variant,
    MAX(variant) AS last_variant,
    MIN(exposed_at) AS exposed_at,
    MOD(MOD(FARM_FINGERPRINT('aisle-statistics:' || assignment_id), @buckets) + @buckets, @buckets) AS bucket
  FROM exposures
  WHERE experiment = @experiment
    AND exposed_at >= @from
    AND exposed_at < @to
    --visitors left out
  GROUP BY assignment_id
),
added AS (
  SELECT
    DIV(UNIX_SECONDS(exposed_at) - UNIX_SECONDS(@from), 86400) AS day,
    variant,
    bucket,
    1 AS visitors,
    0 AS revenue_minor
  FROM exposed
  WHERE variant = last_variant
  UNION ALL
  SELECT
    DIV(UNIX_SECONDS(happened.event_timestamp) - UNIX_SECONDS(@from), 86400) AS day,
    exposed.variant,
    exposed.bucket,
    0 AS visitors,
    COALESCE(happened.revenue_minor, 0) AS revenue_minor
  FROM interaction_events AS happened
  JOIN exposed
    ON COALESCE(happened.assignment_id, happened.user_id) = exposed.assignment_id
  WHERE happened.event_timestamp >= @from
    AND happened.event_timestamp < @to
    AND happened.event_timestamp >= exposed.exposed_at
    AND happened.event_type IN ('purchase', 'refund')
    AND exposed.variant = exposed.last_variant
)
SELECT
  day,
  variant,
  bucket,
  SUM(visitors) AS visitors,
  SUM(revenue_minor) AS revenue_minor
FROM added
GROUP BY day, variant, bucket
ORDER BY day, variant, bucket
