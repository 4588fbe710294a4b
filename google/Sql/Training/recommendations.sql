-- BigQuery ML's own lists for one shard, to compare ours with: the score is a confidence, not a probability. Only known shoppers: a stranger gets intercepts.
SELECT
  user_id,
  product_id,
  predicted_interaction_score_confidence AS confidence
FROM ML.RECOMMEND(
  MODEL aisle.factors_${version},
  (SELECT user_id FROM aisle.user_factors_${version} WHERE shard = ${shard}))
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY predicted_interaction_score_confidence DESC, product_id) <= ${list_length}
ORDER BY user_id, confidence DESC, product_id
