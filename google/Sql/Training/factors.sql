-- Implicit matrix factorization by WALS. No split: a random one leaks the future and can take all feedback of a shopper away; the holdout is by time, in C#.
CREATE MODEL IF NOT EXISTS aisle.factors_${version}
OPTIONS (
  model_type = 'MATRIX_FACTORIZATION',
  feedback_type = 'IMPLICIT',
  user_col = 'user_id',
  item_col = 'product_id',
  rating_col = 'interaction_score',
  num_factors = ${factors},
  l2_reg = ${regularization},
  wals_alpha = ${confidence_scale},
  max_iterations = ${iterations},
  data_split_method = 'NO_SPLIT'
) AS
SELECT user_id, product_id, interaction_score
FROM aisle.feedback_${version}
