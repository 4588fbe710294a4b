-- What fusion needs to know of each product: log-damped popularity among distinct shoppers, and how new it is.
CREATE OR REPLACE TABLE aisle.products_${version}
CLUSTER BY product_id
OPTIONS (expiration_timestamp = TIMESTAMP '${expires_at}', description = 'Popularity, newness and stock of products as of this version') AS
WITH counted AS (
  SELECT product_id, COUNT(DISTINCT user_id) AS shoppers
  FROM aisle.feedback_${version}
  GROUP BY product_id
),
known AS (
  SELECT p.product_id, p.in_stock, p.created_date, IFNULL(c.shoppers, 0) AS shoppers
  FROM aisle.product_catalog AS p
  LEFT JOIN counted AS c ON c.product_id = p.product_id
  WHERE p.model_version = '${version}'
)
SELECT
  product_id,
  in_stock,
  shoppers,
  IFNULL(SAFE_DIVIDE(LN(1 + shoppers), LN(1 + MAX(shoppers) OVER ())), 0.0) AS popularity,
  IF(
    created_date IS NULL OR created_date > DATE(@cutoff),
    1.0,
    1 + ${new_bonus} * GREATEST(0.0, 1 - (UNIX_SECONDS(@cutoff) - 86400 * UNIX_DATE(created_date)) / (86400.0 * ${new_days}))) AS newness
FROM known
