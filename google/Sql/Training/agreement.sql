-- Which share of the products that `recommended` (user_id, product_id) has stands among the best of `ranked` (user_id, product_id, score) too; NULL when nothing is recommended.
-- Portable: DuckDB and GoogleSQL's evaluator run it in a test.
WITH best AS (
  SELECT user_id, product_id
  FROM ranked
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY score DESC, product_id) <= ${list_length}
)
SELECT AVG(IF(b.product_id IS NULL, 0.0, 1.0)) AS agreement
FROM recommended AS r
LEFT JOIN best AS b ON b.user_id = r.user_id AND b.product_id = r.product_id
