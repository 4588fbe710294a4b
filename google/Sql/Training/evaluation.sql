-- What BigQuery ML says of its own fit, on the training data; columns differ between releases, so all are read by name. The gate judges by a holdout by time.
SELECT *
FROM ML.EVALUATE(MODEL aisle.factors_${version})
