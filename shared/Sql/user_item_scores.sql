-- Feedback of the window as of @cutoff: weighted by type, decayed continuously, damped (when @damped) and capped.
-- In no order: sorting tens of millions of pairs costs as much as finding them, and nobody needs it.
-- @from: start of the window. @cap: the most one shopper can say about one product.
WITH weighted AS (
  SELECT
    user_id,
    product_id,
    event_timestamp,
    CASE event_type
      WHEN 'purchase' THEN 5.0
      WHEN 'add_to_cart' THEN 3.0
      WHEN 'click' THEN 2.0
      WHEN 'view' THEN 1.0
      ELSE 0.0
    END * EXP(-@decay * (UNIX_SECONDS(@cutoff) - UNIX_SECONDS(event_timestamp)) / 86400.0) AS weight
  FROM interaction_events
  WHERE event_timestamp >= @from
    AND event_timestamp < @cutoff
    AND user_id IS NOT NULL
    AND product_id IS NOT NULL
    AND event_type IN ('purchase', 'add_to_cart', 'click', 'view')
)
SELECT
  user_id,
  product_id,
  LEAST(IF(@damped, LN(1 + SUM(weight)), SUM(weight)), @cap) AS interaction_score,
  MAX(event_timestamp) AS last_interaction
FROM weighted
GROUP BY user_id, product_id
