-- What shoppers did, as of the run's moment: the portable query of the same name, spread over shards of shoppers, with what was bought marked.
CREATE OR REPLACE TABLE aisle.feedback_${version}
PARTITION BY RANGE_BUCKET(shard, GENERATE_ARRAY(0, ${shards}, 1))
CLUSTER BY user_id
OPTIONS (expiration_timestamp = TIMESTAMP '${expires_at}', description = 'Feedback that the model of this version was trained on; ids are pseudonyms') AS
WITH user_item_scores AS (
${user_item_scores}
),
bought AS (
  SELECT DISTINCT user_id, product_id
  FROM aisle.interaction_events
  WHERE event_timestamp >= @from
    AND event_timestamp < @cutoff
    AND event_type = 'purchase'
    AND user_id IS NOT NULL
)
SELECT
  s.user_id,
  s.product_id,
  s.interaction_score,
  s.last_interaction,
  b.product_id IS NOT NULL AS purchased,
  MOD(MOD(FARM_FINGERPRINT(s.user_id), ${shards}) + ${shards}, ${shards}) AS shard
FROM user_item_scores AS s
LEFT JOIN bought AS b ON b.user_id = s.user_id AND b.product_id = s.product_id
