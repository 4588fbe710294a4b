-- By variant the sums over its visitors of a measure's values, and of those at or below limits of the variant's own, for the clustered errors of quantiles.
-- The marked lines are written by ExperimentValuesQuery and LeftOutVisitors.
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
clusters AS (
  SELECT
    exposed.assignment_id,
    MIN(exposed.variant) AS variant,
    COUNT(*) AS times
    --below
  FROM interaction_events AS events
  JOIN exposed
    ON COALESCE(events.assignment_id, events.user_id) = exposed.assignment_id
  WHERE events.event_timestamp >= @from
    AND events.event_timestamp < @to
    AND events.event_timestamp >= exposed.exposed_at
    AND exposed.variant = exposed.last_variant
    --condition
  GROUP BY exposed.assignment_id
)
SELECT
  variant,
  COUNT(*) AS visitors,
  SUM(times) AS times,
  SUM(times * times) AS times_squared
  --sums
FROM clusters
GROUP BY variant
ORDER BY variant
