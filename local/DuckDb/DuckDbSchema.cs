namespace Aisle.Local.DuckDb;

/// <summary>The warehouse's tables in DuckDB's words, and the prelude that lets DuckDB run the portable GoogleSQL
/// of <c>shared/Sql</c>.</summary>
internal static class DuckDbSchema
{
    /// <summary>Run once per file.</summary>
    public const string Tables =
        """
        CREATE TABLE IF NOT EXISTS interaction_events (
          event_id VARCHAR NOT NULL, user_id VARCHAR, assignment_id VARCHAR, event_type VARCHAR NOT NULL, product_id VARCHAR,
          event_timestamp TIMESTAMPTZ NOT NULL, ingested_at TIMESTAMPTZ NOT NULL, session_id VARCHAR, device_type VARCHAR, page_type VARCHAR,
          page_load_ms BIGINT, page_dwell_ms BIGINT, quantity BIGINT, unit_price_minor BIGINT, revenue_minor BIGINT, currency VARCHAR,
          order_id VARCHAR, slate_id VARCHAR, position BIGINT);
        DROP TABLE IF EXISTS incoming_events;
        CREATE TABLE IF NOT EXISTS withdrawn_events (event_id VARCHAR NOT NULL, user_id VARCHAR NOT NULL, event_timestamp TIMESTAMPTZ NOT NULL);
        CREATE TABLE IF NOT EXISTS exposures (
          experiment VARCHAR NOT NULL, assignment_id VARCHAR NOT NULL, user_id VARCHAR NOT NULL, variant VARCHAR NOT NULL, exposed_at TIMESTAMPTZ NOT NULL);
        ALTER TABLE exposures ADD COLUMN IF NOT EXISTS age_bracket VARCHAR;
        ALTER TABLE exposures ADD COLUMN IF NOT EXISTS location VARCHAR;
        CREATE TABLE IF NOT EXISTS slates (
          slate_id VARCHAR NOT NULL, user_id VARCHAR, surface VARCHAR NOT NULL, strategies VARCHAR NOT NULL, variants VARCHAR NOT NULL,
          model_version VARCHAR, seed UBIGINT NOT NULL, eligible_count BIGINT NOT NULL, served_at TIMESTAMPTZ NOT NULL, inputs VARCHAR);
        ALTER TABLE slates ADD COLUMN IF NOT EXISTS inputs VARCHAR;
        CREATE TABLE IF NOT EXISTS slate_items (
          slate_id VARCHAR NOT NULL, position BIGINT NOT NULL, product_id VARCHAR NOT NULL, score DOUBLE NOT NULL, slot VARCHAR NOT NULL,
          propensity DOUBLE NOT NULL, served_at TIMESTAMPTZ NOT NULL);
        """;

    /// <summary>Run once per file: GoogleSQL's names for what DuckDB calls otherwise.</summary>
    public const string Prelude =
        """
        CREATE TYPE IF NOT EXISTS FLOAT64 AS DOUBLE;
        CREATE TYPE IF NOT EXISTS BIGNUMERIC AS HUGEINT;
        CREATE OR REPLACE MACRO div(a, b) AS a // b;
        CREATE OR REPLACE MACRO timestamp_sub(t, i) AS t - i;
        CREATE OR REPLACE MACRO timestamp_add(t, i) AS t + i;
        CREATE OR REPLACE MACRO countif(x) AS count_if(x);
        CREATE OR REPLACE MACRO safe_divide(a, b) AS a / nullif(b, 0);
        CREATE OR REPLACE MACRO unix_seconds(t) AS CAST(floor(epoch(t)) AS BIGINT);
        CREATE OR REPLACE MACRO unix_micros(t) AS epoch_us(t);
        CREATE OR REPLACE MACRO logical_or(x) AS bool_or(x);
        """;

    /// <summary>Run per connection: GoogleSQL's order of NULLs.</summary>
    public const string Session = "SET default_null_order = 'nulls_first_on_asc_last_on_desc'";
}
