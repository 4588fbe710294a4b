-- A model has no place for this when it is made, and would stay for ever.
ALTER MODEL IF EXISTS aisle.content_${version}
SET OPTIONS (expiration_timestamp = TIMESTAMP '${expires_at}')
