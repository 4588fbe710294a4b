-- The lists of one shard of shoppers. Each source brings its best products and, by the search in the opposite direction, its worst, so that the scale of
-- 0..1 is the one over all products. Dot products are taken anew: the sign of `distance` is not documented, and the index approximates it.
WITH shoppers AS (
  SELECT user_id, strategy
  FROM aisle.shopper_tiers_${version}
  WHERE shard = ${shard} AND strategy != 'PopularityCohort'
),
touched AS (
  SELECT user_id, product_id, interaction_score, purchased
  FROM aisle.feedback_${version}
  WHERE shard = ${shard}
),
user_factors AS (
  SELECT user_id, embedding
  FROM aisle.user_factors_${version}
  WHERE shard = ${shard}
),
profiles AS (
  SELECT user_id, embedding
  FROM aisle.content_profiles_${version}
  WHERE shard = ${shard}
),
found AS (
  SELECT query.user_id, base.product_id
  FROM VECTOR_SEARCH(
    (SELECT product_id, embedding FROM aisle.item_factors_${version}), 'embedding',
    (SELECT user_id, embedding FROM user_factors), query_column_to_search => 'embedding',
    top_k => ${found}, distance_type => 'DOT_PRODUCT', options => '${search}')
  UNION DISTINCT
  SELECT query.user_id, base.product_id
  FROM VECTOR_SEARCH(
    (SELECT product_id, embedding FROM aisle.item_factors_${version}), 'embedding',
    (SELECT user_id, ARRAY(SELECT -x FROM UNNEST(embedding) AS x WITH OFFSET AS place ORDER BY place) AS embedding FROM user_factors),
    query_column_to_search => 'embedding', top_k => 1, distance_type => 'DOT_PRODUCT', options => '${search}')
  UNION DISTINCT
  SELECT query.user_id, base.product_id
  FROM VECTOR_SEARCH(
    (SELECT product_id, embedding FROM aisle.content_embeddings_${version}), 'embedding',
    (SELECT user_id, embedding FROM profiles), query_column_to_search => 'embedding',
    top_k => ${found}, distance_type => 'DOT_PRODUCT', options => '${search}')
  UNION DISTINCT
  SELECT query.user_id, base.product_id
  FROM VECTOR_SEARCH(
    (SELECT product_id, embedding FROM aisle.content_embeddings_${version}), 'embedding',
    (SELECT user_id, ARRAY(SELECT -x FROM UNNEST(embedding) AS x WITH OFFSET AS place ORDER BY place) AS embedding FROM profiles),
    query_column_to_search => 'embedding', top_k => 1, distance_type => 'DOT_PRODUCT', options => '${search}')
),
similarities AS (
  SELECT t.user_id, s.user_id AS neighbour, COUNT(*) / SQRT(ANY_VALUE(n.distinct_products) * MAX(s.touched)) AS similarity
  FROM touched AS t
  JOIN aisle.shopper_tiers_${version} AS n ON n.user_id = t.user_id AND n.shard = ${shard} AND n.strategy IN ('ContentOnly', 'ContentPlusNeighbours')
  JOIN aisle.product_shoppers_${version} AS s ON s.product_id = t.product_id
  GROUP BY t.user_id, s.user_id
),
nearest AS (
  SELECT user_id, neighbour, similarity, SUM(similarity) OVER (PARTITION BY user_id) AS total
  FROM (
    SELECT user_id, neighbour, similarity
    FROM similarities
    WHERE TRUE
    QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY similarity DESC, neighbour) <= ${neighbours}
  )
),
votes AS (
  SELECT n.user_id, s.product_id, SUM(n.similarity / n.total) AS vote
  FROM nearest AS n
  JOIN aisle.product_shoppers_${version} AS s ON s.user_id = n.neighbour
  GROUP BY n.user_id, s.product_id
),
walked AS (
  SELECT t.user_id, w.neighbour AS product_id, SUM(t.interaction_score * w.weight) AS walks
  FROM touched AS t
  JOIN aisle.walks_${version} AS w ON w.product_id = t.product_id
  GROUP BY t.user_id, w.neighbour
),
farthest AS (
  SELECT user_id, product_id
  FROM walked
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY walks DESC, product_id) <= ${found}
),
walkable AS (
  SELECT DISTINCT neighbour AS product_id
  FROM aisle.walks_${version}
),
popular AS (
  SELECT product_id
  FROM aisle.products_${version}
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (ORDER BY popularity DESC, product_id) <= ${list_length}
),
pairs AS (
  SELECT user_id, product_id FROM found
  UNION DISTINCT
  SELECT user_id, product_id FROM votes
  UNION DISTINCT
  SELECT user_id, product_id FROM farthest
  UNION DISTINCT
  SELECT u.user_id, p.product_id FROM shoppers AS u CROSS JOIN popular AS p
),
source_scores AS (
  SELECT
    x.user_id,
    x.product_id,
    (SELECT SUM(a * i.embedding[OFFSET(place)]) FROM UNNEST(u.embedding) AS a WITH OFFSET AS place) AS factors,
    IF(r.product_id IS NULL, NULL, IFNULL(d.walks, 0.0)) AS walks,
    (SELECT SUM(a * c.embedding[OFFSET(place)]) FROM UNNEST(t.embedding) AS a WITH OFFSET AS place) AS content,
    v.vote AS neighbours
  FROM pairs AS x
  LEFT JOIN user_factors AS u ON u.user_id = x.user_id
  LEFT JOIN aisle.item_factors_${version} AS i ON i.product_id = x.product_id
  LEFT JOIN profiles AS t ON t.user_id = x.user_id
  LEFT JOIN aisle.content_embeddings_${version} AS c ON c.product_id = x.product_id
  LEFT JOIN votes AS v ON v.user_id = x.user_id AND v.product_id = x.product_id
  LEFT JOIN walked AS d ON d.user_id = x.user_id AND d.product_id = x.product_id
  LEFT JOIN walkable AS r ON r.product_id = x.product_id
),
product_facts AS (
  SELECT product_id, popularity, newness, in_stock
  FROM aisle.products_${version}
),
hybrid AS (
${fusion}
)
SELECT h.user_id, h.strategy, h.product_id, h.score, h.source
FROM hybrid AS h
JOIN product_facts AS p ON p.product_id = h.product_id AND p.in_stock
LEFT JOIN touched AS b ON b.user_id = h.user_id AND b.product_id = h.product_id AND b.purchased
WHERE b.product_id IS NULL
QUALIFY ROW_NUMBER() OVER (PARTITION BY h.user_id ORDER BY h.score DESC, h.product_id) <= ${list_length}
ORDER BY h.user_id, h.score DESC, h.product_id
