-- What slates of one surface showed in [@from, @to), a row a position: with what chance, and whether it was clicked. Slates without a user are left out.
-- @variant is an experiment=variant that the slate must have been made under, or empty for any.
-- Slates may be logged several times, and each counts once.
WITH clicked AS (
  SELECT DISTINCT
    slate_id,
    product_id
  FROM interaction_events
  WHERE event_type = 'click'
    AND slate_id IS NOT NULL
    AND product_id IS NOT NULL
    AND event_timestamp >= @from
),
served AS (
  SELECT
    slate_id,
    MIN(user_id) AS user_id
  FROM slates
  WHERE surface = @surface
    AND user_id IS NOT NULL
    AND served_at >= @from
    AND served_at < @to
    AND (@variant = '' OR STRPOS(',' || variants || ',', ',' || @variant || ',') > 0)
  GROUP BY slate_id
),
placed AS (
  SELECT
    served.user_id,
    slate_items.slate_id,
    slate_items.position,
    MIN(slate_items.product_id) AS product_id,
    MAX(CASE WHEN slate_items.slot = 'exploration' THEN 1 ELSE 0 END) AS is_explored,
    MIN(slate_items.propensity) AS propensity
  FROM slate_items
  JOIN served
    ON served.slate_id = slate_items.slate_id
  GROUP BY served.user_id, slate_items.slate_id, slate_items.position
)
SELECT
  placed.user_id,
  placed.position,
  placed.product_id,
  placed.is_explored,
  placed.propensity,
  CASE WHEN clicked.slate_id IS NULL THEN 0 ELSE 1 END AS clicks
FROM placed
LEFT JOIN clicked
  ON clicked.slate_id = placed.slate_id
  AND clicked.product_id = placed.product_id
ORDER BY placed.user_id, placed.slate_id, placed.position
