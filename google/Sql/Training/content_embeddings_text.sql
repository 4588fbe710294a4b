-- Content of unit length from a text-embedding model; rows fail singly, say so in `status`, and are left out until the next run.
CREATE OR REPLACE TABLE aisle.content_embeddings_${version}
CLUSTER BY product_id
OPTIONS (expiration_timestamp = TIMESTAMP '${expires_at}', description = 'Content embeddings of this version, of length 1') AS
WITH embedded AS (
  SELECT product_id, embedding, SQRT((SELECT SUM(x * x) FROM UNNEST(embedding) AS x)) AS norm
  FROM AI.GENERATE_EMBEDDING(
    MODEL aisle.content_${version},
    (
      SELECT product_id, IFNULL(title, '') || '. ' || IFNULL(category, '') || '. ' || IFNULL(description, '') AS content
      FROM aisle.product_catalog
      WHERE model_version = '${version}'
    ),
    STRUCT('RETRIEVAL_DOCUMENT' AS task_type, ${content_width} AS output_dimensionality))
  WHERE status = ''
)
SELECT product_id, ARRAY(SELECT x / norm FROM UNNEST(embedding) AS x WITH OFFSET AS place ORDER BY place) AS embedding
FROM embedded
WHERE norm > 1e-9
