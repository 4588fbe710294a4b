-- Each product over the kept window, under the name that the newest catalogue gives it.
CREATE OR REPLACE VIEW aisle.product_performance AS
WITH named AS (
  SELECT product_id, title, category, brand
  FROM aisle.product_catalog
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY product_id ORDER BY written_at DESC) = 1
),
counted AS (
  SELECT
    product_id,
    COUNT(DISTINCT user_id) AS shoppers,
    COUNTIF(event_type = 'view') AS views,
    COUNTIF(event_type = 'click') AS clicks,
    COUNTIF(event_type = 'add_to_cart') AS carts,
    COUNTIF(event_type = 'purchase') AS purchases,
    SUM(IFNULL(revenue_minor, 0)) AS net_revenue_minor
  FROM aisle.interaction_events
  WHERE product_id IS NOT NULL
  GROUP BY product_id
)
SELECT
  c.product_id,
  n.title,
  n.category,
  n.brand,
  c.shoppers,
  c.views,
  c.clicks,
  c.carts,
  c.purchases,
  c.net_revenue_minor,
  SAFE_DIVIDE(c.purchases, c.views) AS purchases_per_view
FROM counted AS c
LEFT JOIN named AS n ON n.product_id = c.product_id;
