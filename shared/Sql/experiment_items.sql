-- By variant and statistics bucket, how many products were shown so many times after exposure; without a bucket, by all visitors of the variant.
-- Visitors of several variants are left out. Coverage depends on these counts only, and they are few where products and buckets are many.
-- The marked line is written by LeftOutVisitors.
WITH exposed AS (
  SELECT
    assignment_id,
    MIN(variant) AS variant,
    MAX(variant) AS last_variant,
    UNIX_MICROS(MIN(exposed_at)) AS exposed_micros,
    MOD(MOD(FARM_FINGERPRINT('aisle-statistics:' || assignment_id), @buckets) + @buckets, @buckets) AS bucket
  FROM exposures
  WHERE experiment = @experiment
    AND exposed_at >= @from
    AND exposed_at < @to
    --visitors left out
  GROUP BY assignment_id
),
shown AS (
  SELECT
    exposed.variant,
    exposed.bucket,
    happened.product_id,
    COUNT(*) AS impressions
  FROM interaction_events AS happened
  JOIN exposed
    ON COALESCE(happened.assignment_id, happened.user_id) = exposed.assignment_id
  WHERE happened.event_timestamp >= @from
    AND happened.event_timestamp < @to
    AND happened.event_type = 'impression'
    AND happened.product_id IS NOT NULL
    AND UNIX_MICROS(happened.event_timestamp) >= exposed.exposed_micros
    AND exposed.variant = exposed.last_variant
  GROUP BY exposed.variant, exposed.bucket, happened.product_id
),
counted AS (
  SELECT
    variant,
    bucket,
    impressions
  FROM shown
  UNION ALL
  SELECT
    variant,
    CAST(NULL AS INT64) AS bucket,
    CAST(SUM(impressions) AS INT64) AS impressions
  FROM shown
  GROUP BY variant, product_id
)
SELECT
  variant,
  bucket,
  impressions,
  COUNT(*) AS products
FROM counted
GROUP BY variant, bucket, impressions
ORDER BY variant, bucket, impressions
