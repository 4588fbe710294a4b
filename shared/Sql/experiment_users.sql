-- One row per exposed visitor of an experiment in [@from, @to): the variant first shown, and what the visitor did from then on.
-- A visitor is the assignment id; events that carry none count for their user's own. Events from @before up to the exposure tell programs from people.
-- The marked line is written by LeftOutVisitors.
WITH exposed AS (
  SELECT
    assignment_id,
    MIN(variant) AS variant,
    COUNT(DISTINCT variant) AS variants,
    MIN(exposed_at) AS exposed_at
  FROM exposures
  WHERE experiment = @experiment
    AND exposed_at >= @from
    AND exposed_at < @to
    --visitors left out
  GROUP BY assignment_id
),
happened AS (
  SELECT
    exposed.assignment_id,
    events.event_timestamp >= exposed.exposed_at AS is_after,
    events.event_id,
    events.event_type,
    events.order_id,
    events.slate_id,
    CASE WHEN events.event_type IN ('purchase', 'refund') THEN events.revenue_minor END AS revenue_minor,
    CASE WHEN events.event_type IN ('purchase', 'refund') THEN events.currency END AS currency
  FROM interaction_events AS events
  JOIN exposed
    ON COALESCE(events.assignment_id, events.user_id) = exposed.assignment_id
  WHERE events.event_timestamp >= @before
    AND events.event_timestamp < @to
)
SELECT
  exposed.assignment_id,
  exposed.variant,
  exposed.variants,
  SUM(CASE WHEN happened.is_after THEN COALESCE(happened.revenue_minor, 0) ELSE 0 END) AS revenue_minor,
  COUNT(CASE WHEN happened.is_after AND happened.event_type = 'purchase' THEN 1 END) AS purchases,
  COUNT(CASE WHEN happened.is_after AND happened.event_type = 'impression' THEN 1 END) AS impressions,
  COUNT(CASE WHEN happened.is_after AND happened.event_type = 'click' AND happened.slate_id IS NOT NULL THEN 1 END) AS clicks,
  MIN(CASE WHEN happened.is_after THEN happened.currency END) AS currency,
  COUNT(DISTINCT CASE WHEN happened.is_after AND happened.event_type = 'purchase' THEN COALESCE(happened.order_id, happened.event_id) END) AS orders,
  COUNT(happened.event_id) AS events,
  SUM(CASE WHEN happened.is_after THEN 0 ELSE COALESCE(happened.revenue_minor, 0) END) AS revenue_before_minor,
  MAX(CASE WHEN happened.is_after THEN happened.currency END) AS last_currency
FROM exposed
LEFT JOIN happened
  ON happened.assignment_id = exposed.assignment_id
GROUP BY exposed.assignment_id, exposed.variant, exposed.variants
ORDER BY exposed.assignment_id
