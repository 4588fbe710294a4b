-- What products say, as TF-IDF over the ${terms} terms that most products have: sparse for the autoencoder, dense for PCA, which takes no sparse features.
-- Index 0 is the unknown term and says nothing.
CREATE OR REPLACE TABLE aisle.content_terms_${version}
CLUSTER BY product_id
OPTIONS (expiration_timestamp = TIMESTAMP '${expires_at}', description = 'TF-IDF of the catalogue as of this version') AS
WITH words AS (
  SELECT
    product_id,
    ARRAY(
      SELECT word
      FROM UNNEST(REGEXP_EXTRACT_ALL(LOWER(NORMALIZE(IFNULL(title, '') || ' ' || IFNULL(description, ''), NFKC)), r'[\pL\pN]+')) AS word WITH OFFSET AS place
      WHERE place < ${words_per_product}
      ORDER BY place
    ) AS text_words,
    ARRAY(
      SELECT label
      FROM UNNEST(ARRAY_CONCAT(
        ['category:' || IFNULL(category, ''), 'subcategory:' || IFNULL(subcategory, ''), 'brand:' || IFNULL(brand, '')],
        ARRAY(SELECT 'tag:' || tag FROM UNNEST(tags) AS tag))) AS label
      WHERE NOT ENDS_WITH(label, ':')
    ) AS labels
  FROM aisle.product_catalog
  WHERE model_version = '${version}'
),
weighted AS (
  SELECT product_id, ML.TF_IDF(ARRAY_CONCAT(text_words, labels), ${terms}, 2) OVER () AS terms
  FROM words
)
SELECT
  product_id,
  ARRAY(SELECT AS STRUCT t.index, t.value FROM UNNEST(terms) AS t WHERE t.index > 0 ORDER BY t.index) AS sparse,
  ARRAY(
    SELECT IFNULL(t.value, 0.0)
    FROM UNNEST(GENERATE_ARRAY(1, ${terms})) AS place
    LEFT JOIN UNNEST(terms) AS t ON t.index = place
    ORDER BY place
  ) AS dense
FROM weighted
