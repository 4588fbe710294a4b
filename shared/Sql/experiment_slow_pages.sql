-- By variant the sums over its visitors of page loads, and of those that took at most so long, for the clustered errors of two quantiles.
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
  GROUP BY assignment_id
),
loaded AS (
  SELECT
    exposed.assignment_id,
    MIN(exposed.variant) AS variant,
    COUNT(*) AS loads,
    SUM(CASE WHEN happened.page_load_ms <= @half THEN 1 ELSE 0 END) AS fast,
    SUM(CASE WHEN happened.page_load_ms <= @most THEN 1 ELSE 0 END) AS bearable
  FROM interaction_events AS happened
  JOIN exposed
    ON COALESCE(happened.assignment_id, happened.user_id) = exposed.assignment_id
  WHERE happened.event_timestamp >= @from
    AND happened.event_timestamp < @to
    AND happened.event_timestamp >= exposed.exposed_at
    AND happened.event_type = 'page_view'
    AND happened.page_load_ms IS NOT NULL
    AND exposed.variant = exposed.last_variant
  GROUP BY exposed.assignment_id
)
SELECT
  variant,
  COUNT(*) AS visitors,
  SUM(loads) AS loads,
  SUM(loads * loads) AS loads_squared,
  SUM(fast) AS fast,
  SUM(fast * fast) AS fast_squared,
  SUM(fast * loads) AS fast_by_loads,
  SUM(bearable) AS bearable,
  SUM(bearable * bearable) AS bearable_squared,
  SUM(bearable * loads) AS bearable_by_loads
FROM loaded
GROUP BY variant
ORDER BY variant
