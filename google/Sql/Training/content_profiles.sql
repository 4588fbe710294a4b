-- What a shopper is interested in: the weighted mean of the touched products' content, of length 1.
CREATE OR REPLACE TABLE aisle.content_profiles_${version}
PARTITION BY RANGE_BUCKET(shard, GENERATE_ARRAY(0, ${shards}, 1))
CLUSTER BY user_id
OPTIONS (expiration_timestamp = TIMESTAMP '${expires_at}', description = 'Content profiles of shoppers; ids are pseudonyms') AS
WITH sums AS (
  SELECT f.user_id, f.shard, place, SUM(f.interaction_score * x) AS total
  FROM aisle.feedback_${version} AS f
  JOIN aisle.content_embeddings_${version} AS c ON c.product_id = f.product_id
  CROSS JOIN UNNEST(c.embedding) AS x WITH OFFSET AS place
  GROUP BY f.user_id, f.shard, place
),
profiles AS (
  SELECT user_id, shard, ARRAY_AGG(total ORDER BY place) AS totals, SQRT(SUM(total * total)) AS norm
  FROM sums
  GROUP BY user_id, shard
)
SELECT user_id, shard, ARRAY(SELECT x / norm FROM UNNEST(totals) AS x WITH OFFSET AS place ORDER BY place) AS embedding
FROM profiles
WHERE norm > 1e-9
