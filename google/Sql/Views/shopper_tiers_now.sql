-- How many shoppers each tier has now, those without an event too: they were shown something, or exposed to an experiment.
CREATE OR REPLACE VIEW aisle.shopper_tiers_now AS
WITH touched AS (
  SELECT user_id, COUNT(DISTINCT product_id) AS products
  FROM aisle.interaction_events
  WHERE user_id IS NOT NULL AND product_id IS NOT NULL AND event_type IN ('purchase', 'add_to_cart', 'click', 'view')
  GROUP BY user_id
),
known_users AS (
  SELECT user_id FROM touched
  UNION DISTINCT
  SELECT user_id FROM aisle.slates_raw WHERE served_at >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 91 DAY) AND user_id IS NOT NULL
  UNION DISTINCT
  SELECT user_id FROM aisle.exposures WHERE exposed_at >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 91 DAY)
)
SELECT
  CASE
    WHEN t.products IS NULL THEN 'popularity_cohort'
    WHEN t.products <= 2 THEN 'content_only'
    WHEN t.products <= 5 THEN 'content_plus_neighbours'
    ELSE 'full_hybrid'
  END AS tier,
  COUNT(*) AS shoppers
FROM known_users AS u
LEFT JOIN touched AS t ON t.user_id = u.user_id
GROUP BY tier;
