-- How often each score was shown on each day, in [@from, @to): scores in steps of 0.05, below 0 all in one, from 2 on (and what is no number) all in one.
-- Days are whole days since 1970-01-01 UTC. Slates may be logged several times, and each place counts once.
WITH placed AS (
  SELECT
    slate_id,
    position,
    MIN(score) AS score,
    MIN(served_at) AS served_at
  FROM slate_items
  WHERE served_at >= @from
    AND served_at < @to
  GROUP BY slate_id, position
),
stepped AS (
  SELECT
    DIV(UNIX_SECONDS(served_at), 86400) AS day,
    CASE
      WHEN score < 0 THEN -1
      WHEN score < 2 THEN CAST(FLOOR(score * 20) AS INT64)
      ELSE 40
    END AS step
  FROM placed
)
SELECT
  day,
  step,
  COUNT(*) AS places
FROM stepped
GROUP BY day, step
ORDER BY day, step
