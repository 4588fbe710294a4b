-- How often each product was shown after exposure, by variant and statistics bucket. Visitors of several variants are left out.
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
)
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
  AND happened.event_timestamp >= exposed.exposed_at
  AND happened.event_type = 'impression'
  AND happened.product_id IS NOT NULL
  AND exposed.variant = exposed.last_variant
GROUP BY exposed.variant, exposed.bucket, happened.product_id
ORDER BY exposed.variant, exposed.bucket, happened.product_id
