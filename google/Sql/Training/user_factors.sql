-- One row a shopper, the factors in their order.
CREATE OR REPLACE TABLE aisle.user_factors_${version}
PARTITION BY RANGE_BUCKET(shard, GENERATE_ARRAY(0, ${shards}, 1))
CLUSTER BY user_id
OPTIONS (expiration_timestamp = TIMESTAMP '${expires_at}', description = 'User factors of this version; ids are pseudonyms') AS
SELECT
  feature AS user_id,
  MOD(MOD(FARM_FINGERPRINT(feature), ${shards}) + ${shards}, ${shards}) AS shard,
  ARRAY(SELECT w.weight FROM UNNEST(factor_weights) AS w ORDER BY w.factor) AS embedding
FROM ML.WEIGHTS(MODEL aisle.factors_${version})
WHERE processed_input = 'user_id'
