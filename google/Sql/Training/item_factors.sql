-- One row a product, the factors in their order.
CREATE OR REPLACE TABLE aisle.item_factors_${version}
CLUSTER BY product_id
OPTIONS (expiration_timestamp = TIMESTAMP '${expires_at}', description = 'Item factors of this version') AS
SELECT
  feature AS product_id,
  ARRAY(SELECT w.weight FROM UNNEST(factor_weights) AS w ORDER BY w.factor) AS embedding
FROM ML.WEIGHTS(MODEL aisle.factors_${version})
WHERE processed_input = 'product_id'
