-- RP3-beta, as `Rp3BetaTrainer` does it: how probably a walk from a product over one of its shoppers ends at another one, held back by that one's popularity; the
-- strongest of each row, scaled to sum to 1, and of these the strongest of each column. Reads `walked` (user_id, product_id, interaction_score).
-- Portable: DuckDB and GoogleSQL's evaluator run it in a test beside the C#.
WITH strongest AS (
  SELECT user_id, product_id, interaction_score
  FROM walked
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY interaction_score DESC, product_id) <= ${walk_items}
),
reached AS (
  SELECT product_id, COUNT(*) AS shoppers
  FROM strongest
  GROUP BY product_id
),
totals AS (
  SELECT user_id, SUM(interaction_score) AS total
  FROM strongest
  GROUP BY user_id
),
sums AS (
  SELECT
    a.product_id AS product_id,
    b.product_id AS neighbour,
    MAX(POW(1.0 / ra.shoppers, ${walk_alpha}) * POW(rb.shoppers, -${walk_beta})) * SUM(POW(b.interaction_score / t.total, ${walk_alpha})) AS strength
  FROM strongest AS a
  JOIN strongest AS b ON b.user_id = a.user_id
  JOIN totals AS t ON t.user_id = a.user_id
  JOIN reached AS ra ON ra.product_id = a.product_id
  JOIN reached AS rb ON rb.product_id = b.product_id
  WHERE a.product_id != b.product_id
  GROUP BY a.product_id, b.product_id
),
kept AS (
  SELECT product_id, neighbour, strength
  FROM sums
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY product_id ORDER BY strength DESC, neighbour) <= ${walk_neighbours}
),
rows_of_one AS (
  SELECT kept.product_id, kept.neighbour, kept.strength / whole.total AS weight
  FROM kept
  JOIN (SELECT product_id, SUM(strength) AS total FROM kept GROUP BY product_id) AS whole ON whole.product_id = kept.product_id
)
SELECT product_id, neighbour, weight
FROM rows_of_one
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY neighbour ORDER BY weight DESC, product_id) <= ${walk_neighbours}
