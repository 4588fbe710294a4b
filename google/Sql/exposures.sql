-- Who was exposed to which variant; repeats are allowed, and the view has the earliest of each assignment.
CREATE TABLE IF NOT EXISTS aisle.exposures_raw (
  experiment STRING NOT NULL,
  assignment_id STRING NOT NULL,
  user_id STRING NOT NULL,
  variant STRING NOT NULL,
  exposed_at TIMESTAMP NOT NULL
)
PARTITION BY DATE(exposed_at)
CLUSTER BY experiment, assignment_id
OPTIONS (partition_expiration_days = 90, description = 'Exposures as logged, repeats included; ids are pseudonyms');

CREATE VIEW IF NOT EXISTS aisle.exposures AS
SELECT *
FROM aisle.exposures_raw
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY experiment, assignment_id ORDER BY exposed_at) = 1;
