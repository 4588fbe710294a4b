-- What a shop knows about its shoppers beside what they did; optional, loaded by the shop, and deleted with the person.
CREATE TABLE IF NOT EXISTS aisle.user_attributes (
  user_id STRING NOT NULL,
  age_bracket STRING,
  location STRING,
  device_type STRING,
  consent BOOL,
  updated_at TIMESTAMP NOT NULL
)
PARTITION BY DATE(updated_at)
CLUSTER BY user_id
OPTIONS (partition_expiration_days = 400, require_partition_filter = TRUE, labels = [('app', 'aisle')], description = 'Attributes of shoppers; ids are pseudonyms, the latest row counts');
