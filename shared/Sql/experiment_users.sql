-- One row per exposed visitor of an experiment in [@from, @to): the variant first shown, and what the visitor did from then on.
-- A visitor is the assignment id; events that carry none count for their user's own.
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
    COALESCE(assignment_id, user_id) AS visitor,
    event_id,
    event_timestamp,
    event_type,
    order_id,
    slate_id,
    revenue_minor,
    currency
  FROM interaction_events
  WHERE event_timestamp >= @from
    AND event_timestamp < @to
    AND event_type IN ('purchase', 'refund', 'impression', 'click')
)
SELECT
  exposed.assignment_id,
  exposed.variant,
  exposed.variants,
  SUM(CASE WHEN happened.event_type IN ('purchase', 'refund') THEN COALESCE(happened.revenue_minor, 0) ELSE 0 END) AS revenue_minor,
  SUM(CASE WHEN happened.event_type = 'purchase' THEN 1 ELSE 0 END) AS purchases,
  SUM(CASE WHEN happened.event_type = 'impression' THEN 1 ELSE 0 END) AS impressions,
  SUM(CASE WHEN happened.event_type = 'click' AND happened.slate_id IS NOT NULL THEN 1 ELSE 0 END) AS clicks,
  MIN(happened.currency) AS currency,
  COUNT(DISTINCT CASE WHEN happened.event_type = 'purchase' THEN COALESCE(happened.order_id, happened.event_id) END) AS orders
FROM exposed
LEFT JOIN happened
  ON happened.visitor = exposed.assignment_id
  AND happened.event_timestamp >= exposed.exposed_at
GROUP BY exposed.assignment_id, exposed.variant, exposed.variants
ORDER BY exposed.assignment_id
