-- Sums over the exposed visitors of an experiment in [@from, @to), by variant, standing and segment; who is left out for what they did stands alone.
-- A visitor is the assignment id; events that carry none count for their user's own. Events from @before up to the exposure are the past.
-- A refund belongs to no session: it names that of its purchase, days ago, which would seem to last until then; nor is it a return visit.
-- Touches count a session's page views in ones, its product views in millions and its actions in billions: one look at a page or less is a bounce.
-- The marked lines are written by ExperimentArmsQuery, for measures, pairs of measures and excluded visitors.
WITH exposed AS (
  SELECT
    assignment_id,
    MIN(variant) AS variant,
    MAX(variant) AS last_variant,
    MIN(exposed_at) AS exposed_at,
    MIN(age_bracket) AS age_bracket,
    MIN(location) AS location,
    UNIX_SECONDS(MIN(exposed_at)) AS exposed_second,
    UNIX_MICROS(MIN(exposed_at)) AS exposed_micros
  FROM exposures
  WHERE experiment = @experiment
    AND exposed_at >= @from
    AND exposed_at < @to
  GROUP BY assignment_id
),
acts AS (
  SELECT
    exposed.assignment_id,
    events.event_timestamp >= exposed.exposed_at AS is_after,
    COUNT(*) AS events,
    MAX(CASE WHEN events.event_type <> 'refund'
      AND UNIX_MICROS(events.event_timestamp) - exposed.exposed_micros >= 86400000000
      AND UNIX_MICROS(events.event_timestamp) - exposed.exposed_micros < 691200000000 THEN 1 ELSE 0 END) AS is_return,
    MIN(events.device_type) AS first_device,
    MAX(events.device_type) AS last_device
    --measures of an event
  FROM interaction_events AS events
  JOIN exposed
    ON COALESCE(events.assignment_id, events.user_id) = exposed.assignment_id
  WHERE events.event_timestamp >= @before
    AND events.event_timestamp < @to
  GROUP BY exposed.assignment_id, is_after
),
acted AS (
  SELECT
    assignment_id,
    SUM(events) AS events,
    MAX(CASE WHEN is_after THEN 0 ELSE 1 END) AS is_returning,
    MAX(is_return) AS is_return,
    MIN(CASE WHEN is_after THEN first_device END) AS first_device,
    MAX(CASE WHEN is_after THEN last_device END) AS last_device
    --measures before and after
  FROM acts
  GROUP BY assignment_id
),
visits AS (
  SELECT
    exposed.assignment_id,
    events.session_id,
    events.event_timestamp >= exposed.exposed_at AS is_after,
    MIN(events.event_timestamp) AS first_event,
    MAX(events.event_timestamp) AS last_event,
    SUM(CASE
      WHEN events.event_type = 'page_view' THEN 1
      WHEN events.event_type = 'view' THEN 1000000
      WHEN events.event_type IN ('click', 'add_to_cart', 'remove_from_cart', 'purchase') THEN 1000000000
      ELSE 0 END) AS touches
  FROM interaction_events AS events
  JOIN exposed
    ON COALESCE(events.assignment_id, events.user_id) = exposed.assignment_id
  WHERE events.event_timestamp >= @before
    AND events.event_timestamp < @to
    AND events.session_id IS NOT NULL
    AND events.event_type <> 'refund'
  GROUP BY exposed.assignment_id, events.session_id, is_after
),
visited AS (
  SELECT
    assignment_id,
    SUM(CASE WHEN is_after THEN 1 ELSE 0 END) AS sessions,
    SUM(CASE WHEN is_after AND touches IN (0, 1, 1000000, 1000001) THEN 1 ELSE 0 END) AS bounced_sessions,
    SUM(CASE WHEN is_after THEN UNIX_SECONDS(last_event) - UNIX_SECONDS(first_event) ELSE 0 END) AS session_seconds,
    SUM(CASE WHEN is_after THEN 0 ELSE 1 END) AS sessions_before,
    SUM(CASE WHEN NOT is_after AND touches IN (0, 1, 1000000, 1000001) THEN 1 ELSE 0 END) AS bounced_sessions_before,
    SUM(CASE WHEN is_after THEN 0 ELSE UNIX_SECONDS(last_event) - UNIX_SECONDS(first_event) END) AS session_seconds_before
  FROM visits
  GROUP BY assignment_id
),
bought AS (
  SELECT
    exposed.assignment_id,
    COALESCE(events.order_id, events.event_id) AS order_key,
    MAX(CASE WHEN events.event_type = 'purchase' AND events.event_timestamp >= exposed.exposed_at THEN 1 ELSE 0 END) AS orders,
    MAX(CASE WHEN events.event_type = 'refund' AND events.event_timestamp >= exposed.exposed_at THEN 1 ELSE 0 END) AS refunded,
    MAX(CASE WHEN events.event_type = 'purchase' AND events.event_timestamp < exposed.exposed_at THEN 1 ELSE 0 END) AS orders_before,
    MIN(CASE WHEN events.event_timestamp >= exposed.exposed_at THEN events.currency END) AS first_currency,
    MAX(CASE WHEN events.event_timestamp >= exposed.exposed_at THEN events.currency END) AS last_currency
  FROM interaction_events AS events
  JOIN exposed
    ON COALESCE(events.assignment_id, events.user_id) = exposed.assignment_id
  WHERE events.event_timestamp >= @before
    AND events.event_timestamp < @to
    AND events.event_type IN ('purchase', 'refund')
  GROUP BY exposed.assignment_id, order_key
),
baskets AS (
  SELECT
    assignment_id,
    SUM(orders) AS orders,
    SUM(CASE WHEN orders = 1 THEN refunded ELSE 0 END) AS refunded_orders,
    SUM(orders_before) AS orders_before,
    MIN(first_currency) AS first_currency,
    MAX(last_currency) AS last_currency
  FROM bought
  GROUP BY assignment_id
),
judged AS (
  SELECT
    exposed.assignment_id,
    exposed.variant,
    CASE
      WHEN exposed.variant <> exposed.last_variant THEN 'mixed'
      --excluded visitors
      WHEN acted.events > @most_events THEN 'busy'
      --implausible amounts
      ELSE 'counted'
    END AS standing,
    CASE WHEN acted.first_device IS NULL THEN 'unknown' WHEN acted.first_device = acted.last_device THEN acted.first_device ELSE 'several' END AS device,
    COALESCE(acted.is_returning, 0) AS is_returning,
    exposed.age_bracket,
    exposed.location,
    DIV(exposed.exposed_second - UNIX_SECONDS(@from), 604800) AS week,
    baskets.first_currency,
    baskets.last_currency,
    CAST(COALESCE(visited.sessions, 0) AS INT64) AS sessions,
    CAST(COALESCE(visited.bounced_sessions, 0) AS INT64) AS bounced_sessions,
    CAST(COALESCE(visited.session_seconds, 0) AS INT64) AS session_seconds,
    CAST(COALESCE(visited.sessions_before, 0) AS INT64) AS sessions_before,
    CAST(COALESCE(visited.bounced_sessions_before, 0) AS INT64) AS bounced_sessions_before,
    CAST(COALESCE(visited.session_seconds_before, 0) AS INT64) AS session_seconds_before,
    CASE WHEN exposed.exposed_second + 691200 <= UNIX_SECONDS(@to) THEN 1 ELSE 0 END AS could_return,
    CASE WHEN exposed.exposed_second + 691200 <= UNIX_SECONDS(@to) THEN COALESCE(acted.is_return, 0) ELSE 0 END AS returned,
    CAST(COALESCE(baskets.orders, 0) AS INT64) AS orders,
    CAST(COALESCE(baskets.refunded_orders, 0) AS INT64) AS refunded_orders,
    CAST(COALESCE(baskets.orders_before, 0) AS INT64) AS orders_before,
    CASE WHEN baskets.orders > 0 THEN 1 ELSE 0 END AS buyers,
    CASE WHEN baskets.orders_before > 0 THEN 1 ELSE 0 END AS buyers_before
    --measures of a visitor
  FROM exposed
  LEFT JOIN acted
    ON acted.assignment_id = exposed.assignment_id
  LEFT JOIN visited
    ON visited.assignment_id = exposed.assignment_id
  LEFT JOIN baskets
    ON baskets.assignment_id = exposed.assignment_id
)
SELECT
  variant,
  standing,
  device,
  is_returning,
  week,
  age_bracket,
  location,
  CASE WHEN standing IN ('busy', 'implausible') THEN assignment_id END AS left_out,
  MIN(first_currency) AS first_currency,
  MAX(last_currency) AS last_currency,
  COUNT(*) AS visitors
  --sums
FROM judged
GROUP BY variant, standing, device, is_returning, week, age_bracket, location, left_out
ORDER BY variant, standing, device, is_returning, week, age_bracket, location, left_out
