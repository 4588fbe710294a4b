-- The exposed visitors of an experiment in [@from, @to) who paid in another currency than @currency after the exposure, ordered by visitor.
WITH exposed AS (
  SELECT
    assignment_id,
    UNIX_MICROS(MIN(exposed_at)) AS exposed_micros
  FROM exposures
  WHERE experiment = @experiment
    AND exposed_at >= @from
    AND exposed_at < @to
  GROUP BY assignment_id
)
SELECT DISTINCT
  exposed.assignment_id
FROM interaction_events AS happened
JOIN exposed
  ON COALESCE(happened.assignment_id, happened.user_id) = exposed.assignment_id
WHERE happened.event_timestamp >= @from
  AND happened.event_timestamp < @to
  AND happened.event_type IN ('purchase', 'refund')
  AND UNIX_MICROS(happened.event_timestamp) >= exposed.exposed_micros
  AND happened.currency <> @currency
ORDER BY assignment_id
