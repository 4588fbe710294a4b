-- How the visitors who bought or gave back spread over net revenue, by variant and amount. Visitors of several variants are left out.
-- The marked line is written by LeftOutVisitors.
WITH exposed AS (
  SELECT
    assignment_id,
    MIN(variant) AS variant,
    MAX(variant) AS last_variant,
    MIN(exposed_at) AS exposed_at
  FROM exposures
  WHERE experiment = @experiment
    AND exposed_at >= @from
    AND exposed_at < @to
    --visitors left out
  GROUP BY assignment_id
),
paid AS (
  SELECT
    exposed.assignment_id,
    MIN(exposed.variant) AS variant,
    SUM(COALESCE(happened.revenue_minor, 0)) AS revenue_minor
  FROM interaction_events AS happened
  JOIN exposed
    ON COALESCE(happened.assignment_id, happened.user_id) = exposed.assignment_id
  WHERE happened.event_timestamp >= @from
    AND happened.event_timestamp < @to
    AND happened.event_timestamp >= exposed.exposed_at
    AND happened.event_type IN ('purchase', 'refund')
    AND exposed.variant = exposed.last_variant
  GROUP BY exposed.assignment_id
)
SELECT
  variant,
  revenue_minor,
  COUNT(*) AS visitors
FROM paid
GROUP BY variant, revenue_minor
ORDER BY variant, revenue_minor
