-- The logged variants of an experiment beside the bucket that the salt gives each visitor, so that every assignment can be derived again.
-- The marked line is written by LeftOutVisitors.
SELECT
  variant,
  MOD(MOD(FARM_FINGERPRINT(@salt || ':' || assignment_id), 10000) + 10000, 10000) AS bucket,
  COUNT(DISTINCT assignment_id) AS visitors
FROM exposures
WHERE experiment = @experiment
  AND exposed_at >= @from
  AND exposed_at < @to
    --visitors left out
GROUP BY variant, bucket
ORDER BY variant, bucket
