-- Who was exposed to which variant, as logged: repeats are allowed, and a report must see when somebody was shown two variants.
CREATE TABLE IF NOT EXISTS aisle.exposures (
  experiment STRING NOT NULL,
  assignment_id STRING NOT NULL,
  user_id STRING NOT NULL,
  variant STRING NOT NULL,
  exposed_at TIMESTAMP NOT NULL,
  age_bracket STRING,
  location STRING
)
PARTITION BY DATE(exposed_at)
CLUSTER BY experiment, assignment_id
OPTIONS (partition_expiration_days = 90, require_partition_filter = TRUE, labels = [('app', 'aisle')], description = 'Exposures as logged, repeats included; ids are pseudonyms');

-- Datasets that were made before exposures had the shopper's age bracket and location.
ALTER TABLE aisle.exposures
  ADD COLUMN IF NOT EXISTS age_bracket STRING;

ALTER TABLE aisle.exposures
  ADD COLUMN IF NOT EXISTS location STRING;
