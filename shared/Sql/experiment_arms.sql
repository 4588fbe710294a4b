-- Sums over the exposed visitors of an experiment in [@from, @to), by variant, standing, segment and statistics bucket.
-- A visitor is the assignment id; events that carry none count for their user's own. Events from @before up to the exposure are the past.
-- A refund belongs to no session: it names that of its purchase, days ago, which would seem to last until then.
-- The marked lines are written by ExperimentArmsQuery, one for each measure, pair of measures and excluded visitor.
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
happened AS (
  SELECT
    COALESCE(assignment_id, user_id) AS visitor,
    event_id,
    CASE WHEN event_type = 'refund' THEN NULL ELSE session_id END AS session_id,
    event_timestamp,
    event_type,
    device_type,
    page_type,
    slate_id,
    product_id,
    order_id,
    quantity,
    page_dwell_ms,
    revenue_minor,
    currency
  FROM interaction_events
  WHERE event_timestamp >= @before
    AND event_timestamp < @to
),
visits AS (
  SELECT
    exposed.assignment_id,
    COALESCE(happened.event_timestamp >= exposed.exposed_at, FALSE) AS is_after,
    happened.session_id,
    MIN(exposed.variant) AS variant,
    MIN(exposed.last_variant) AS last_variant,
    MIN(UNIX_SECONDS(exposed.exposed_at)) AS exposed_second,
    COUNT(happened.event_timestamp) AS events,
    MAX(UNIX_SECONDS(happened.event_timestamp)) - MIN(UNIX_SECONDS(happened.event_timestamp)) AS seconds,
    SUM(CASE WHEN happened.event_type = 'page_view' THEN 1 ELSE 0 END) AS page_views,
    SUM(CASE WHEN happened.event_type = 'view' THEN 1 ELSE 0 END) AS product_views,
    SUM(CASE WHEN happened.event_type IN ('click', 'add_to_cart', 'remove_from_cart', 'purchase') THEN 1 ELSE 0 END) AS actions,
    MAX(CASE WHEN happened.event_type <> 'refund' AND UNIX_SECONDS(happened.event_timestamp) >= UNIX_SECONDS(exposed.exposed_at) + 86400
      AND UNIX_SECONDS(happened.event_timestamp) < UNIX_SECONDS(exposed.exposed_at) + 691200 THEN 1 ELSE 0 END) AS is_return,
    MIN(happened.device_type) AS first_device,
    MAX(happened.device_type) AS last_device,
    MIN(CASE WHEN happened.event_type IN ('purchase', 'refund') THEN happened.currency END) AS first_currency,
    MAX(CASE WHEN happened.event_type IN ('purchase', 'refund') THEN happened.currency END) AS last_currency
    --measures of an event
  FROM exposed
  LEFT JOIN happened
    ON happened.visitor = exposed.assignment_id
  GROUP BY exposed.assignment_id, is_after, happened.session_id
),
bought AS (
  SELECT
    exposed.assignment_id,
    COALESCE(happened.order_id, happened.event_id) AS order_key,
    MAX(CASE WHEN happened.event_type = 'purchase' AND happened.event_timestamp >= exposed.exposed_at THEN 1 ELSE 0 END) AS orders,
    MAX(CASE WHEN happened.event_type = 'refund' AND happened.event_timestamp >= exposed.exposed_at THEN 1 ELSE 0 END) AS refunded,
    MAX(CASE WHEN happened.event_type = 'purchase' AND happened.event_timestamp < exposed.exposed_at THEN 1 ELSE 0 END) AS orders_before
  FROM exposed
  JOIN happened
    ON happened.visitor = exposed.assignment_id
  WHERE happened.event_type IN ('purchase', 'refund')
  GROUP BY exposed.assignment_id, order_key
),
baskets AS (
  SELECT
    assignment_id,
    SUM(orders) AS orders,
    SUM(CASE WHEN orders = 1 THEN refunded ELSE 0 END) AS refunded_orders,
    SUM(orders_before) AS orders_before
  FROM bought
  GROUP BY assignment_id
),
visitors AS (
  SELECT
    assignment_id,
    MIN(variant) AS variant,
    MAX(last_variant) AS last_variant,
    MIN(exposed_second) AS exposed_second,
    SUM(events) AS events,
    MAX(CASE WHEN NOT is_after AND events > 0 THEN 1 ELSE 0 END) AS is_returning,
    SUM(CASE WHEN is_after AND session_id IS NOT NULL THEN 1 ELSE 0 END) AS sessions,
    SUM(CASE WHEN is_after AND session_id IS NOT NULL AND page_views <= 1 AND product_views <= 1 AND actions = 0 THEN 1 ELSE 0 END) AS bounced_sessions,
    SUM(CASE WHEN is_after AND session_id IS NOT NULL THEN seconds ELSE 0 END) AS session_seconds,
    SUM(CASE WHEN NOT is_after AND session_id IS NOT NULL THEN 1 ELSE 0 END) AS sessions_before,
    SUM(CASE WHEN NOT is_after AND session_id IS NOT NULL AND page_views <= 1 AND product_views <= 1 AND actions = 0 THEN 1 ELSE 0 END)
      AS bounced_sessions_before,
    SUM(CASE WHEN NOT is_after AND session_id IS NOT NULL THEN seconds ELSE 0 END) AS session_seconds_before,
    MAX(CASE WHEN is_after THEN is_return ELSE 0 END) AS is_return,
    MIN(CASE WHEN is_after THEN first_device END) AS first_device,
    MAX(CASE WHEN is_after THEN last_device END) AS last_device,
    MIN(CASE WHEN is_after THEN first_currency END) AS first_currency,
    MAX(CASE WHEN is_after THEN last_currency END) AS last_currency
    --measures of a visit
  FROM visits
  GROUP BY assignment_id
),
judged AS (
  SELECT
    visitors.variant,
    CASE
      WHEN visitors.variant <> visitors.last_variant THEN 'mixed'
      --excluded visitors
      WHEN visitors.events > @most_events THEN 'busy'
      --implausible amounts
      ELSE 'counted'
    END AS standing,
    CASE WHEN first_device IS NULL THEN 'unknown' WHEN first_device = last_device THEN first_device ELSE 'several' END AS device,
    is_returning,
    DIV(exposed_second - UNIX_SECONDS(@from), 604800) AS week,
    MOD(MOD(FARM_FINGERPRINT('aisle-statistics:' || visitors.assignment_id), @buckets) + @buckets, @buckets) AS bucket,
    first_currency,
    last_currency,
    sessions,
    bounced_sessions,
    session_seconds,
    sessions_before,
    bounced_sessions_before,
    session_seconds_before,
    CASE WHEN exposed_second + 691200 <= UNIX_SECONDS(@to) THEN 1 ELSE 0 END AS could_return,
    CASE WHEN exposed_second + 691200 <= UNIX_SECONDS(@to) THEN is_return ELSE 0 END AS returned,
    COALESCE(baskets.orders, 0) AS orders,
    COALESCE(baskets.refunded_orders, 0) AS refunded_orders,
    COALESCE(baskets.orders_before, 0) AS orders_before,
    CASE WHEN baskets.orders > 0 THEN 1 ELSE 0 END AS buyers,
    CASE WHEN baskets.orders_before > 0 THEN 1 ELSE 0 END AS buyers_before
    --measures of a visitor
  FROM visitors
  LEFT JOIN baskets
    ON baskets.assignment_id = visitors.assignment_id
)
SELECT
  variant,
  standing,
  device,
  is_returning,
  week,
  bucket,
  MIN(first_currency) AS first_currency,
  MAX(last_currency) AS last_currency,
  COUNT(*) AS visitors
  --sums
FROM judged
GROUP BY variant, standing, device, is_returning, week, bucket
ORDER BY variant, standing, device, is_returning, week, bucket
