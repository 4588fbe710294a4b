-- Each event once at every moment: what was merged, and of what came in since then what is not there yet. A filter on time reaches the first part's partitions.
-- 45 days, and which of several copies counts: see merge_events.sql.
CREATE OR REPLACE VIEW aisle.interaction_events AS
WITH fresh AS (
  SELECT *
  FROM aisle.interaction_events_raw AS delivered
  WHERE event_timestamp >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 45 DAY)
    AND ingested_at >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 3 HOUR)
  QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY ingested_at, event_timestamp, TO_JSON_STRING(delivered)) = 1
),
known AS (
  SELECT event_id
  FROM aisle.interaction_events_merged
  WHERE event_timestamp >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 45 DAY)
)
SELECT *
FROM aisle.interaction_events_merged
WHERE event_timestamp >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 91 DAY)
UNION ALL
SELECT f.*
FROM fresh AS f
LEFT JOIN known ON known.event_id = f.event_id
WHERE known.event_id IS NULL;
