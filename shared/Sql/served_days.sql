-- How many slates each strategy answered on each day and surface, and how many of them were clicked at least once, in [@from, @to); days are whole days since 1970-01-01 UTC.
-- Slates may be logged several times, and each counts once, on the day of its first log.
WITH clicked AS (
  SELECT DISTINCT
    slate_id
  FROM interaction_events
  WHERE event_type = 'click'
    AND slate_id IS NOT NULL
    AND event_timestamp >= @from
),
served AS (
  SELECT
    slate_id,
    MIN(surface) AS surface,
    MIN(strategies) AS strategies,
    MIN(served_at) AS served_at
  FROM slates
  WHERE served_at >= @from
    AND served_at < @to
  GROUP BY slate_id
)
SELECT
  DIV(UNIX_SECONDS(served.served_at), 86400) AS day,
  served.surface,
  served.strategies,
  COUNT(*) AS slates,
  COUNT(clicked.slate_id) AS clicked
FROM served
LEFT JOIN clicked
  ON clicked.slate_id = served.slate_id
GROUP BY day, served.surface, served.strategies
ORDER BY day, served.surface, served.strategies
