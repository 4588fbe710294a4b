-- Messages that cannot be processed, byte for byte; the view has each message once.
CREATE TABLE IF NOT EXISTS aisle.parked_messages_raw (
  message_id STRING NOT NULL,
  data BYTES NOT NULL,
  attributes STRING NOT NULL,
  reason STRING NOT NULL,
  parked_at TIMESTAMP NOT NULL
)
PARTITION BY DATE(parked_at)
OPTIONS (partition_expiration_days = 90, require_partition_filter = TRUE, labels = [('app', 'aisle')], description = 'Queue messages set aside, with the reason; attributes are JSON');

CREATE OR REPLACE VIEW aisle.parked_messages AS
SELECT *
FROM aisle.parked_messages_raw
WHERE parked_at >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 91 DAY)
QUALIFY ROW_NUMBER() OVER (PARTITION BY message_id ORDER BY parked_at) = 1;
