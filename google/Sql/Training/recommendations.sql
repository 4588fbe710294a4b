-- BigQuery ML's own lists for some shoppers of one shard: the score is a confidence, not a probability. Only known shoppers: a stranger gets intercepts.
SELECT user_id, product_id
FROM ML.RECOMMEND(
  MODEL aisle.factors_${version},
  (SELECT user_id FROM aisle.user_factors_${version} WHERE shard = ${shard} ORDER BY FARM_FINGERPRINT(user_id), user_id LIMIT ${compared_shoppers}))
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY predicted_interaction_score_confidence DESC, product_id) <= ${list_length}
