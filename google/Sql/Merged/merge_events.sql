-- Hourly, at 23 past: takes over what was streamed in since the last two runs, each event once. @run_time is set by the scheduled query.
-- Of several copies the one accepted first counts, and of those accepted in the same microsecond the same one each time, by event time and content.
-- Windows overlap, so that a run that was left out is made up for; an event that is there already is not taken again.
-- 45 days is how old an event can be when it comes in: 72 hours at the collector, seven days in the subscription, 31 as a dead letter, and four to spare. Only
-- those partitions are read; what is older than that (a backfill) is loaded into the merged table itself.
MERGE aisle.interaction_events_merged AS known
USING (
  SELECT *
  FROM aisle.interaction_events_raw AS delivered
  WHERE event_timestamp >= TIMESTAMP_SUB(@run_time, INTERVAL 45 DAY)
    AND ingested_at >= TIMESTAMP_SUB(@run_time, INTERVAL 3 HOUR)
    AND ingested_at < @run_time
  QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY ingested_at, event_timestamp, TO_JSON_STRING(delivered)) = 1
) AS fresh
ON known.event_id = fresh.event_id AND known.event_timestamp >= TIMESTAMP_SUB(@run_time, INTERVAL 45 DAY)
WHEN NOT MATCHED THEN
  INSERT (
    event_id, user_id, assignment_id, event_type, product_id, event_timestamp, ingested_at, session_id, device_type, page_type,
    page_load_ms, page_dwell_ms, quantity, unit_price_minor, revenue_minor, currency, order_id, slate_id, position)
  VALUES (
    fresh.event_id, fresh.user_id, fresh.assignment_id, fresh.event_type, fresh.product_id, fresh.event_timestamp, fresh.ingested_at, fresh.session_id,
    fresh.device_type, fresh.page_type, fresh.page_load_ms, fresh.page_dwell_ms, fresh.quantity, fresh.unit_price_minor, fresh.revenue_minor,
    fresh.currency, fresh.order_id, fresh.slate_id, fresh.position)
