-- Which products walks lead to from each one, over a sample of shoppers: all that a bundle knows of what goes with what.
CREATE OR REPLACE TABLE aisle.walks_${version}
CLUSTER BY product_id
OPTIONS (expiration_timestamp = TIMESTAMP '${expires_at}', description = 'Item-to-item walks of this version') AS
WITH walked AS (
  SELECT user_id, product_id, interaction_score
  FROM aisle.feedback_${version}
  WHERE shard < ${walked_shards}
),
ends AS (
${walk_sums}
)
SELECT product_id, neighbour, weight
FROM ends
