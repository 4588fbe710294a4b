-- The hybrid's arithmetic, as `HybridRecommender` does it: factors and walks made one source, each source scaled to 0..1 for the shopper, the weights of the
-- tier renormalised over the sources that know the product, log-damped popularity added, the result raised while the product is new.
-- Reads `shoppers` (user_id, strategy), `source_scores` (user_id, product_id, factors, walks, content, neighbours; NULL where a source does not know the
-- product, and 0 walks where none leads there from what the shopper touched) and `product_facts` (product_id, popularity, newness). Portable: DuckDB and GoogleSQL's evaluator run it in a test beside the C#.
WITH halves AS (
  SELECT
    user_id,
    IF(MAX(factors) > MIN(factors), MAX(factors) - MIN(factors), 1.0) AS factors_range,
    MAX(IFNULL(walks, 0.0)) AS walks_range
  FROM source_scores
  GROUP BY user_id
),
scored AS (
  SELECT
    s.user_id,
    s.product_id,
    s.factors / h.factors_range * IF(s.walks IS NULL, 1.0, 1.0 - ${walk_share})
      + IF(h.walks_range > 0, ${walk_share} * IFNULL(s.walks, 0.0) / NULLIF(h.walks_range, 0.0), 0.0) AS collaborative,
    s.content,
    s.neighbours
  FROM source_scores AS s
  JOIN halves AS h ON h.user_id = s.user_id
),
ranges AS (
  SELECT
    user_id,
    MIN(collaborative) AS collaborative_min,
    MAX(collaborative) - MIN(collaborative) AS collaborative_range,
    MIN(content) AS content_min,
    MAX(content) - MIN(content) AS content_range,
    MIN(IFNULL(neighbours, 0.0)) AS neighbours_min,
    MAX(IFNULL(neighbours, 0.0)) - MIN(IFNULL(neighbours, 0.0)) AS neighbours_range
  FROM scored
  GROUP BY user_id
),
wanted AS (
  SELECT
    u.user_id,
    u.strategy,
    r.collaborative_min,
    r.collaborative_range,
    r.content_min,
    r.content_range,
    r.neighbours_min,
    r.neighbours_range,
    IFNULL(r.collaborative_range > 0, FALSE) AS collaborative_speaks,
    r.neighbours_range > 0 AS neighbours_speak,
    IF(IFNULL(r.collaborative_range > 0, FALSE), CASE u.strategy
      WHEN 'ContentOnly' THEN ${content_tier_collaborative}
      WHEN 'ContentPlusNeighbours' THEN ${neighbour_tier_collaborative}
      WHEN 'FullHybrid' THEN ${alpha}
      ELSE 0.0
    END, 0.0) AS collaborative_weight,
    IF(IFNULL(r.content_range > 0, FALSE), CASE u.strategy
      WHEN 'ContentOnly' THEN 1.0 - ${content_tier_collaborative}
      WHEN 'ContentPlusNeighbours' THEN (1.0 - ${neighbour_tier_collaborative}) * (1.0 - ${neighbour_share})
      WHEN 'FullHybrid' THEN 1.0 - ${alpha}
      ELSE 0.0
    END, 0.0) AS content_weight,
    IF(r.neighbours_range > 0 AND u.strategy = 'ContentPlusNeighbours', (1.0 - ${neighbour_tier_collaborative}) * ${neighbour_share}, 0.0) AS neighbours_weight
  FROM shoppers AS u
  JOIN ranges AS r ON r.user_id = u.user_id
),
weights AS (
  SELECT
    user_id,
    strategy,
    collaborative_min,
    collaborative_range,
    content_min,
    content_range,
    neighbours_min,
    neighbours_range,
    IF(collaborative_weight + content_weight + neighbours_weight = 0 AND NOT neighbours_speak AND collaborative_speaks, 1.0, collaborative_weight) AS wc,
    content_weight AS wt,
    IF(collaborative_weight + content_weight + neighbours_weight = 0 AND neighbours_speak, 1.0, neighbours_weight) AS wn
  FROM wanted
),
parts AS (
  SELECT
    w.user_id,
    w.strategy,
    s.product_id,
    p.newness,
    IF(w.wc > 0 AND s.collaborative IS NOT NULL, w.wc * (s.collaborative - w.collaborative_min) / w.collaborative_range, 0.0) AS from_collaborative,
    IF(w.wt > 0 AND s.content IS NOT NULL, w.wt * (s.content - w.content_min) / w.content_range, 0.0) AS from_content,
    IF(w.wn > 0, w.wn * (IFNULL(s.neighbours, 0.0) - w.neighbours_min) / w.neighbours_range, 0.0) AS from_neighbours,
    p.popularity * CASE w.strategy
      WHEN 'ContentOnly' THEN ${content_tier_beta}
      WHEN 'ContentPlusNeighbours' THEN ${neighbour_tier_beta}
      ELSE ${beta}
    END AS from_popularity,
    IF(s.collaborative IS NULL, 0.0, w.wc) + IF(s.content IS NULL, 0.0, w.wt) + w.wn AS total
  FROM weights AS w
  JOIN scored AS s ON s.user_id = w.user_id
  JOIN product_facts AS p ON p.product_id = s.product_id
  WHERE w.wc + w.wt + w.wn > 0
),
fused AS (
  SELECT
    user_id,
    strategy,
    product_id,
    newness,
    from_popularity,
    IF(total > 0, from_collaborative / total, 0.0) AS from_collaborative,
    IF(total > 0, from_content / total, 0.0) AS from_content,
    IF(total > 0, from_neighbours / total, 0.0) AS from_neighbours
  FROM parts
)
SELECT
  user_id,
  strategy,
  product_id,
  (from_collaborative + from_content + from_neighbours + from_popularity) * newness AS score,
  CASE
    WHEN newness > 1 THEN 'NewProduct'
    WHEN from_collaborative > 0 AND from_collaborative >= GREATEST(from_content, from_neighbours, from_popularity) THEN 'Collaborative'
    WHEN from_content > 0 AND from_content >= GREATEST(from_collaborative, from_neighbours, from_popularity) THEN 'Content'
    WHEN from_neighbours > 0 AND from_neighbours >= GREATEST(from_collaborative, from_content, from_popularity) THEN 'Neighbours'
    ELSE 'Popularity'
  END AS source
FROM fused
