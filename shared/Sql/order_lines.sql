-- The lines that were bought in [@from, @to), for what is bought together and how much a shopper buys.
SELECT
  order_id,
  user_id,
  product_id,
  event_timestamp
FROM interaction_events
WHERE event_timestamp >= @from
  AND event_timestamp < @to
  AND event_type = 'purchase'
  AND product_id IS NOT NULL
ORDER BY event_timestamp, event_id
