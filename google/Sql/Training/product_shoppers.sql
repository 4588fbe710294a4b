-- Among whom nearest neighbours are sought: the latest shoppers of each product, as many as keep the overlap join small.
CREATE OR REPLACE TABLE aisle.product_shoppers_${version}
CLUSTER BY product_id
OPTIONS (expiration_timestamp = TIMESTAMP '${expires_at}', description = 'The latest shoppers of each product; ids are pseudonyms') AS
SELECT user_id, product_id, COUNT(*) OVER (PARTITION BY user_id) AS touched
FROM aisle.feedback_${version}
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY product_id ORDER BY last_interaction DESC, user_id) <= ${neighbour_sample}
