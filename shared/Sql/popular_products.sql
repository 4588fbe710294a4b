-- How many shoppers touched each product in [@from, @to), most first: what is shown before there is a model.
SELECT
  product_id,
  COUNT(DISTINCT user_id) AS shoppers
FROM interaction_events
WHERE event_timestamp >= @from
  AND event_timestamp < @to
  AND event_type IN ('view', 'click', 'add_to_cart', 'purchase')
  AND product_id IS NOT NULL
  AND user_id IS NOT NULL
GROUP BY product_id
ORDER BY shoppers DESC, product_id
