-- What the event function appends, as often as Pub/Sub delivers it; queries read the view below, which has each event once.
CREATE TABLE IF NOT EXISTS aisle.interaction_events_raw (
  event_id STRING NOT NULL,
  user_id STRING,
  assignment_id STRING,
  event_type STRING NOT NULL,
  product_id STRING,
  event_timestamp TIMESTAMP NOT NULL,
  ingested_at TIMESTAMP NOT NULL,
  session_id STRING,
  device_type STRING,
  page_type STRING,
  page_load_ms INT64,
  page_dwell_ms INT64,
  quantity INT64,
  unit_price_minor INT64,
  revenue_minor INT64,
  currency STRING,
  order_id STRING,
  slate_id STRING,
  position INT64
)
PARTITION BY DATE(event_timestamp)
CLUSTER BY user_id, product_id
OPTIONS (partition_expiration_days = 90, require_partition_filter = TRUE, labels = [('app', 'aisle')], description = 'Events as delivered, repeats included; user ids are pseudonyms');

-- Each event once, filled by the hourly MERGE where a shop asked for it (Merged/): then the view below is replaced by the one there.
CREATE TABLE IF NOT EXISTS aisle.interaction_events_merged (
  event_id STRING NOT NULL,
  user_id STRING,
  assignment_id STRING,
  event_type STRING NOT NULL,
  product_id STRING,
  event_timestamp TIMESTAMP NOT NULL,
  ingested_at TIMESTAMP NOT NULL,
  session_id STRING,
  device_type STRING,
  page_type STRING,
  page_load_ms INT64,
  page_dwell_ms INT64,
  quantity INT64,
  unit_price_minor INT64,
  revenue_minor INT64,
  currency STRING,
  order_id STRING,
  slate_id STRING,
  position INT64
)
PARTITION BY DATE(event_timestamp)
CLUSTER BY user_id, product_id
OPTIONS (partition_expiration_days = 90, require_partition_filter = TRUE, labels = [('app', 'aisle')], description = 'Events without repeats, up to the last MERGE; user ids are pseudonyms');

-- The predicate is all that is kept; the tables demand one, so that nobody reads them whole by mistake. Of copies that were accepted in the same microsecond the same one
-- counts in each query: told apart by columns that nearly every query reads anyway, since each further one would be read, and billed, always.
CREATE OR REPLACE VIEW aisle.interaction_events AS
SELECT *
FROM aisle.interaction_events_raw
WHERE event_timestamp >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 91 DAY)
QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY ingested_at, event_timestamp, user_id, event_type, product_id) = 1;
