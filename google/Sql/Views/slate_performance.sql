-- How recommendations do, by day, surface, model and slot: shown, clicked, bought after it. Attribution is by the slate that an event names.
CREATE OR REPLACE VIEW aisle.slate_performance AS
WITH acts AS (
  SELECT
    slate_id,
    product_id,
    COUNTIF(event_type = 'impression') AS impressions,
    COUNTIF(event_type = 'click') AS clicks,
    COUNTIF(event_type = 'purchase') AS purchases,
    SUM(IF(event_type = 'purchase', IFNULL(revenue_minor, 0), 0)) AS revenue_minor
  FROM aisle.interaction_events
  WHERE slate_id IS NOT NULL AND product_id IS NOT NULL
  GROUP BY slate_id, product_id
)
SELECT
  DATE(s.served_at) AS day,
  s.surface,
  IFNULL(s.model_version, 'none') AS model_version,
  i.slot,
  i.position,
  COUNT(DISTINCT s.slate_id) AS slates,
  COUNT(*) AS places,
  IFNULL(SUM(a.impressions), 0) AS impressions,
  IFNULL(SUM(a.clicks), 0) AS clicks,
  IFNULL(SUM(a.purchases), 0) AS purchases,
  IFNULL(SUM(a.revenue_minor), 0) AS revenue_minor,
  SAFE_DIVIDE(SUM(a.clicks), SUM(a.impressions)) AS click_through_rate
FROM aisle.slates AS s
JOIN aisle.slate_items AS i ON i.slate_id = s.slate_id
LEFT JOIN acts AS a ON a.slate_id = i.slate_id AND a.product_id = i.product_id
GROUP BY day, s.surface, model_version, i.slot, i.position;
