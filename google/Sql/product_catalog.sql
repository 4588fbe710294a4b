-- The catalogue as each model version knew it: training in BigQuery reads one version, analysts join names from the newest.
CREATE TABLE IF NOT EXISTS aisle.product_catalog_raw (
  model_version STRING NOT NULL,
  product_id STRING NOT NULL,
  title STRING,
  category STRING,
  subcategory STRING,
  brand STRING,
  price_minor INT64,
  currency STRING,
  description STRING,
  tags ARRAY<STRING>,
  created_date DATE,
  image_url STRING,
  in_stock BOOL NOT NULL,
  written_at TIMESTAMP NOT NULL
)
PARTITION BY DATE(written_at)
CLUSTER BY model_version, product_id
OPTIONS (partition_expiration_days = 90, require_partition_filter = TRUE, labels = [('app', 'aisle')], description = 'The catalogue as of each training, repeats included');

CREATE OR REPLACE VIEW aisle.product_catalog AS
SELECT *
FROM aisle.product_catalog_raw
WHERE written_at >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 91 DAY)
QUALIFY ROW_NUMBER() OVER (PARTITION BY model_version, product_id ORDER BY written_at) = 1;
