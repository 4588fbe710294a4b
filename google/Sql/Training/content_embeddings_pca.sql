-- Content of unit length; a product without text has none.
CREATE OR REPLACE TABLE aisle.content_embeddings_${version}
CLUSTER BY product_id
OPTIONS (expiration_timestamp = TIMESTAMP '${expires_at}', description = 'Content embeddings of this version, of length 1') AS
WITH embedded AS (
  SELECT product_id, embedding, SQRT((SELECT SUM(x * x) FROM UNNEST(embedding) AS x)) AS norm
  FROM AI.GENERATE_EMBEDDING(MODEL aisle.content_${version}, (SELECT product_id, dense FROM aisle.content_terms_${version} WHERE ARRAY_LENGTH(sparse) > 0))
)
SELECT product_id, ARRAY(SELECT x / norm FROM UNNEST(embedding) AS x WITH OFFSET AS place ORDER BY place) AS embedding
FROM embedded
WHERE norm > 1e-9
