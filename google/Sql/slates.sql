-- What was shown, a row a slate and a row a position; logged at least once, and the views have each once.
CREATE TABLE IF NOT EXISTS aisle.slates_raw (
  slate_id STRING NOT NULL,
  user_id STRING,
  surface STRING NOT NULL,
  strategies STRING NOT NULL,
  variants STRING NOT NULL,
  model_version STRING,
  seed NUMERIC NOT NULL,
  eligible_count INT64 NOT NULL,
  served_at TIMESTAMP NOT NULL,
  inputs STRING
)
PARTITION BY DATE(served_at)
CLUSTER BY slate_id
OPTIONS (partition_expiration_days = 90, require_partition_filter = TRUE, labels = [('app', 'aisle')], description = 'Slates as logged, repeats included; user ids are pseudonyms');

-- Datasets that were made before slates had their inputs.
ALTER TABLE aisle.slates_raw
  ADD COLUMN IF NOT EXISTS inputs STRING;

CREATE TABLE IF NOT EXISTS aisle.slate_items_raw (
  slate_id STRING NOT NULL,
  position INT64 NOT NULL,
  product_id STRING NOT NULL,
  score FLOAT64 NOT NULL,
  slot STRING NOT NULL,
  propensity FLOAT64 NOT NULL,
  served_at TIMESTAMP NOT NULL
)
PARTITION BY DATE(served_at)
CLUSTER BY slate_id
OPTIONS (partition_expiration_days = 90, require_partition_filter = TRUE, labels = [('app', 'aisle')], description = 'Positions of slates as logged, repeats included');

CREATE OR REPLACE VIEW aisle.slates AS
SELECT *
FROM aisle.slates_raw
WHERE served_at >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 91 DAY)
QUALIFY ROW_NUMBER() OVER (PARTITION BY slate_id ORDER BY served_at) = 1;

CREATE OR REPLACE VIEW aisle.slate_items AS
SELECT *
FROM aisle.slate_items_raw
WHERE served_at >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 91 DAY)
QUALIFY ROW_NUMBER() OVER (PARTITION BY slate_id, position ORDER BY served_at) = 1;
