-- Sums over the exposed visitors of an experiment in [@from, @to), by variant, standing, segment and currencies; who is left out for what they did stands alone.
-- A visitor is the assignment id; events that carry none count for their user's own. Events from @before up to the exposure are the past.
-- A refund belongs to no session: it names that of its purchase, days ago, which would seem to last until then; nor is it a return visit.
-- One look at a page or at a product, or at both, is a bounce.
-- All events are read once and grouped by visit, which is what they come in; visits, a few for each visitor, are grouped by visitor. What has no session, and refunds, are one visit that counts as none.
-- Events are counted with COUNT and amounts are added where purchases are few: in a group of many millions each SUM costs as much as a join.
-- The marked lines are written by ExperimentArmsQuery, for measures, pairs of measures and excluded visitors.
WITH exposed AS (
  SELECT
    assignment_id,
    MIN(variant) AS variant,
    MAX(variant) AS last_variant,
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
visits AS (
  SELECT
    exposed.assignment_id,
    events.session_id,
    events.micros >= exposed.exposed_micros AS is_after,
    COUNT(*) AS times,
    MIN(events.micros) AS first_micros,
    MAX(events.micros) AS last_micros,
    COUNT(events.page_view) AS page_views,
    COUNT(events.product_view) AS product_views,
    COUNT(events.act) AS acts,
    COUNT(CASE WHEN events.micros - exposed.exposed_micros >= 86400000000 AND events.micros - exposed.exposed_micros < 691200000000 THEN events.visit END) AS return_events,
    MIN(events.device_type) AS first_device,
    MAX(events.device_type) AS last_device
    --measures of a visit
  FROM (
    SELECT
      COALESCE(events.assignment_id, events.user_id) AS visitor,
      CASE WHEN events.event_type <> 'refund' THEN events.session_id END AS session_id,
      UNIX_MICROS(events.event_timestamp) AS micros,
      CASE WHEN events.event_type <> 'refund' THEN 1 END AS visit,
      CASE WHEN events.event_type = 'page_view' THEN 1 END AS page_view,
      CASE WHEN events.event_type = 'view' THEN 1 END AS product_view,
      CASE WHEN events.event_type IN ('click', 'add_to_cart', 'remove_from_cart', 'purchase') THEN 1 END AS act,
      events.device_type
      --values of all events
    FROM interaction_events AS events
    WHERE events.event_timestamp >= @before
      AND events.event_timestamp < @to
  ) AS events
  JOIN exposed
    ON events.visitor = exposed.assignment_id
  GROUP BY exposed.assignment_id, events.session_id, is_after
),
acted AS (
  SELECT
    assignment_id,
    SUM(times) AS events,
    COUNT(CASE WHEN NOT is_after THEN 1 END) AS visits_before,
    MIN(CASE WHEN is_after THEN first_device END) AS first_device,
    MAX(CASE WHEN is_after THEN last_device END) AS last_device,
    COUNT(CASE WHEN return_events > 0 THEN 1 END) AS return_visits,
    COUNT(CASE WHEN is_after THEN session_id END) AS sessions,
    COUNT(CASE WHEN is_after AND page_views <= 1 AND product_views <= 1 AND acts = 0 THEN session_id END) AS bounced_sessions,
    SUM(CASE WHEN is_after AND session_id IS NOT NULL THEN DIV(last_micros, 1000000) - DIV(first_micros, 1000000) ELSE 0 END) AS session_seconds,
    COUNT(CASE WHEN NOT is_after THEN session_id END) AS sessions_before,
    COUNT(CASE WHEN NOT is_after AND page_views <= 1 AND product_views <= 1 AND acts = 0 THEN session_id END) AS bounced_sessions_before,
    SUM(CASE WHEN NOT is_after AND session_id IS NOT NULL THEN DIV(last_micros, 1000000) - DIV(first_micros, 1000000) ELSE 0 END) AS session_seconds_before
    --measures of visits
  FROM visits
  GROUP BY assignment_id
),
bought AS (
  SELECT
    exposed.assignment_id,
    COALESCE(events.order_id, events.event_id) AS order_key,
    MAX(CASE WHEN events.event_type = 'purchase' AND events.micros >= exposed.exposed_micros THEN 1 ELSE 0 END) AS orders,
    MAX(CASE WHEN events.event_type = 'refund' AND events.micros >= exposed.exposed_micros THEN 1 ELSE 0 END) AS refunded,
    MAX(CASE WHEN events.event_type = 'purchase' AND events.micros < exposed.exposed_micros THEN 1 ELSE 0 END) AS orders_before,
    MIN(CASE WHEN events.micros >= exposed.exposed_micros THEN events.currency END) AS first_currency,
    MAX(CASE WHEN events.micros >= exposed.exposed_micros THEN events.currency END) AS last_currency
    --measures of purchases
  FROM (
    SELECT
      COALESCE(events.assignment_id, events.user_id) AS visitor,
      events.event_id,
      events.order_id,
      events.event_type,
      UNIX_MICROS(events.event_timestamp) AS micros,
      events.currency
      --values of purchases
    FROM interaction_events AS events
    WHERE events.event_timestamp >= @before
      AND events.event_timestamp < @to
      AND events.event_type IN ('purchase', 'refund')
  ) AS events
  JOIN exposed
    ON events.visitor = exposed.assignment_id
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
    --measures of baskets
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
    CASE WHEN acted.visits_before > 0 THEN 1 ELSE 0 END AS is_returning,
    exposed.age_bracket,
    exposed.location,
    DIV(exposed.exposed_second - UNIX_SECONDS(@from), 604800) AS week,
    baskets.first_currency,
    baskets.last_currency,
    CAST(COALESCE(acted.sessions, 0) AS INT64) AS sessions,
    CAST(COALESCE(acted.bounced_sessions, 0) AS INT64) AS bounced_sessions,
    CAST(COALESCE(acted.session_seconds, 0) AS INT64) AS session_seconds,
    CAST(COALESCE(acted.sessions_before, 0) AS INT64) AS sessions_before,
    CAST(COALESCE(acted.bounced_sessions_before, 0) AS INT64) AS bounced_sessions_before,
    CAST(COALESCE(acted.session_seconds_before, 0) AS INT64) AS session_seconds_before,
    CASE WHEN exposed.exposed_second + 691200 <= UNIX_SECONDS(@to) THEN 1 ELSE 0 END AS could_return,
    CASE WHEN exposed.exposed_second + 691200 <= UNIX_SECONDS(@to) AND acted.return_visits > 0 THEN 1 ELSE 0 END AS returned,
    CAST(COALESCE(baskets.orders, 0) AS INT64) AS orders,
    CAST(COALESCE(baskets.refunded_orders, 0) AS INT64) AS refunded_orders,
    CAST(COALESCE(baskets.orders_before, 0) AS INT64) AS orders_before,
    CASE WHEN baskets.orders > 0 THEN 1 ELSE 0 END AS buyers,
    CASE WHEN baskets.orders_before > 0 THEN 1 ELSE 0 END AS buyers_before
    --measures of a visitor
  FROM exposed
  LEFT JOIN acted
    ON acted.assignment_id = exposed.assignment_id
  LEFT JOIN baskets
    ON baskets.assignment_id = exposed.assignment_id
),
figures AS (
  SELECT
    variant,
    standing,
    device,
    is_returning,
    week,
    age_bracket,
    location,
    CASE WHEN standing IN ('busy', 'implausible') THEN assignment_id END AS left_out,
    first_currency,
    last_currency
    --measures of who counts
  FROM judged
)
SELECT
  variant,
  standing,
  device,
  is_returning,
  week,
  age_bracket,
  location,
  left_out,
  first_currency,
  last_currency,
  COUNT(*) AS visitors
  --sums
FROM figures
GROUP BY variant, standing, device, is_returning, week, age_bracket, location, left_out, first_currency, last_currency
ORDER BY variant, standing, device, is_returning, week, age_bracket, location, left_out, first_currency, last_currency
