-- For charts over time: what happened each day, by kind, device and currency.
CREATE OR REPLACE VIEW aisle.daily_activity AS
SELECT
  DATE(event_timestamp) AS day,
  event_type,
  IFNULL(device_type, 'unknown') AS device_type,
  IFNULL(currency, 'none') AS currency,
  COUNT(*) AS events,
  COUNT(DISTINCT user_id) AS shoppers,
  COUNT(DISTINCT session_id) AS sessions,
  COUNT(DISTINCT order_id) AS orders,
  IFNULL(SUM(revenue_minor), 0) AS revenue_minor
FROM aisle.interaction_events
GROUP BY day, event_type, device_type, currency;
