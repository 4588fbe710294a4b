-- What was touched in named visits in [@from, @to), newest first: a reader stops when it has seen enough visits.
SELECT
  session_id,
  product_id,
  event_timestamp
FROM interaction_events
WHERE event_timestamp >= @from
  AND event_timestamp < @to
  AND event_type IN ('view', 'click', 'add_to_cart', 'purchase')
  AND session_id IS NOT NULL
  AND product_id IS NOT NULL
ORDER BY event_timestamp DESC, event_id DESC
