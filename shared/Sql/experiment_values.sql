-- How often each value of a measure was seen after exposure, by variant and value. Visitors of several variants are left out.
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
)
SELECT
  exposed.variant,
  --value
  COUNT(*) AS times
FROM interaction_events AS events
JOIN exposed
  ON COALESCE(events.assignment_id, events.user_id) = exposed.assignment_id
WHERE events.event_timestamp >= @from
  AND events.event_timestamp < @to
  AND events.event_timestamp >= exposed.exposed_at
  AND exposed.variant = exposed.last_variant
  --condition
GROUP BY exposed.variant, amount
ORDER BY exposed.variant, amount
