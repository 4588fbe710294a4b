-- One slate as it was logged, a row a position, in order; one row without a position when it was empty. It may have been logged several times.
SELECT
  MIN(slates.user_id) AS user_id,
  MIN(slates.surface) AS surface,
  MIN(slates.variants) AS variants,
  MIN(slates.model_version) AS model_version,
  MIN(slates.served_at) AS served_at,
  MIN(slates.inputs) AS inputs,
  slate_items.position,
  MIN(slate_items.product_id) AS product_id,
  MIN(slate_items.score) AS score,
  MIN(slate_items.slot) AS slot,
  MIN(slate_items.propensity) AS propensity
FROM slates
LEFT JOIN slate_items
  ON slate_items.slate_id = slates.slate_id
WHERE slates.slate_id = @slate
GROUP BY slate_items.position
ORDER BY slate_items.position
