-- Which tier everybody belongs to, those without an event too: they were shown something, or exposed to an experiment.
CREATE OR REPLACE TABLE aisle.shopper_tiers_${version}
PARTITION BY RANGE_BUCKET(shard, GENERATE_ARRAY(0, ${shards}, 1))
CLUSTER BY user_id
OPTIONS (expiration_timestamp = TIMESTAMP '${expires_at}', description = 'Cold-start tier of each shopper; ids are pseudonyms') AS
WITH touched AS (
  SELECT user_id, COUNT(*) AS distinct_products
  FROM aisle.feedback_${version}
  GROUP BY user_id
),
known_users AS (
  SELECT user_id FROM touched
  UNION DISTINCT
  SELECT user_id FROM aisle.slates_raw WHERE served_at >= @from AND served_at < @cutoff AND user_id IS NOT NULL
  UNION DISTINCT
  SELECT user_id FROM aisle.exposures WHERE exposed_at >= @from AND exposed_at < @cutoff
)
SELECT
  u.user_id,
  MOD(MOD(FARM_FINGERPRINT(u.user_id), ${shards}) + ${shards}, ${shards}) AS shard,
  IFNULL(t.distinct_products, 0) AS distinct_products,
  CASE
    WHEN t.distinct_products IS NULL THEN 'PopularityCohort'
    WHEN t.distinct_products < ${neighbours_from} THEN 'ContentOnly'
    WHEN t.distinct_products < ${full_hybrid_from} OR f.user_id IS NULL THEN 'ContentPlusNeighbours'
    ELSE 'FullHybrid'
  END AS strategy
FROM known_users AS u
LEFT JOIN touched AS t ON t.user_id = u.user_id
LEFT JOIN aisle.user_factors_${version} AS f ON f.user_id = u.user_id
