-- Each event once at every moment: what was merged, and of what came in since then what is not there yet.
CREATE OR REPLACE VIEW aisle.interaction_events AS
WITH fresh AS (
  SELECT *
  FROM aisle.interaction_events_raw
  WHERE ingested_at >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 3 HOUR)
  QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY ingested_at) = 1
)
SELECT *
FROM aisle.interaction_events_merged
UNION ALL
SELECT f.*
FROM fresh AS f
LEFT JOIN (SELECT event_id FROM aisle.interaction_events_merged) AS known ON known.event_id = f.event_id
WHERE known.event_id IS NULL;
