-- What BigQuery ML says of its own fit, on the training data; columns differ between releases, so all are read by name. The gate judges by a holdout by time.
-- Beside it, how much of its own lists of some shoppers our way of ranking, by dot products of its factors, finds again: little would mean that its factors are read wrongly.
WITH recommended AS (
${recommendations}
),
ranked AS (
  SELECT
    u.user_id,
    i.product_id,
    (SELECT SUM(a * i.embedding[OFFSET(place)]) FROM UNNEST(u.embedding) AS a WITH OFFSET AS place) AS score
  FROM aisle.user_factors_${version} AS u
  CROSS JOIN aisle.item_factors_${version} AS i
  WHERE u.shard = ${shard} AND u.user_id IN (SELECT user_id FROM recommended)
),
likeness AS (
${agreement}
)
SELECT fit.*, l.agreement
FROM ML.EVALUATE(MODEL aisle.factors_${version}) AS fit
CROSS JOIN likeness AS l
