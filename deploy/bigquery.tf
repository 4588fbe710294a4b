resource "google_bigquery_dataset" "shop" {
  dataset_id                      = var.dataset
  location                        = var.location
  description                     = "Aisle: what shoppers did and saw. Ids are pseudonyms."
  max_time_travel_hours           = 48 # what is erased is gone two days later
  delete_contents_on_destroy      = false
  default_partition_expiration_ms = 90 * 24 * 60 * 60 * 1000
  labels                          = { app = "aisle" }

  depends_on = [google_project_service.apis]
}

# The tables and views are defined once, as SQL; the files run again when they change, and do nothing where a table stands.
locals {
  definitions = setsubtract(fileset("${path.module}/../google/Sql", "*.sql"), var.merged_events ? ["interaction_events.sql"] : [])
  schema = merge(
    { for file in local.definitions : file => file("${path.module}/../google/Sql/${file}") },
    var.merged_events ? {
      "interaction_events.sql" = join("\n", [
        split("CREATE OR REPLACE VIEW", file("${path.module}/../google/Sql/interaction_events.sql"))[0],
        file("${path.module}/../google/Sql/Merged/interaction_events.sql"),
      ])
    } : {},
  )
}

resource "google_bigquery_job" "schema" {
  for_each = local.schema

  job_id   = "schema-${trimsuffix(each.key, ".sql")}-${substr(sha256("${var.dataset}${each.value}"), 0, 16)}"
  location = var.location

  query {
    query              = replace(each.value, "aisle.", "${google_bigquery_dataset.shop.dataset_id}.")
    use_legacy_sql     = false
    create_disposition = ""
    write_disposition  = ""
  }
}

resource "google_bigquery_job" "views" {
  for_each = fileset("${path.module}/../google/Sql/Views", "*.sql")

  job_id   = "view-${trimsuffix(each.key, ".sql")}-${substr(sha256("${var.dataset}${file("${path.module}/../google/Sql/Views/${each.key}")}"), 0, 16)}"
  location = var.location

  query {
    query              = replace(file("${path.module}/../google/Sql/Views/${each.key}"), "aisle.", "${google_bigquery_dataset.shop.dataset_id}.")
    use_legacy_sql     = false
    create_disposition = ""
    write_disposition  = ""
  }

  depends_on = [google_bigquery_job.schema]
}

resource "google_bigquery_data_transfer_config" "merge" {
  count = var.merged_events ? 1 : 0

  display_name         = "aisle: each event once"
  data_source_id       = "scheduled_query"
  location             = var.location
  schedule             = "every 1 hours"
  service_account_name = google_service_account.service["retrain-trigger"].email

  # Off the full hour, where a scheduled query may run twice.
  schedule_options {
    start_time = "2026-01-01T00:23:00Z"
  }

  params = {
    query = replace(file("${path.module}/../google/Sql/Merged/merge_events.sql"), "aisle.", "${google_bigquery_dataset.shop.dataset_id}.")
  }

  depends_on = [google_bigquery_job.schema]
}

# MATRIX_FACTORIZATION is refused on demand and in the Standard edition. A baseline of 0 costs nothing between trainings.
resource "google_bigquery_reservation" "training" {
  count = var.bigquery_reservation_slots > 0 ? 1 : 0

  name              = "aisle-training"
  location          = var.location
  edition           = "ENTERPRISE"
  slot_capacity     = 0
  ignore_idle_slots = false

  autoscale {
    max_slots = var.bigquery_reservation_slots
  }

  depends_on = [google_project_service.apis]
}

resource "google_bigquery_reservation_assignment" "training" {
  count = var.bigquery_reservation_slots > 0 ? 1 : 0

  assignee    = "projects/${var.project}"
  job_type    = "QUERY"
  reservation = google_bigquery_reservation.training[0].id
}

resource "google_bigquery_connection" "text" {
  count = var.content == "text" ? 1 : 0

  connection_id = "aisle-text"
  location      = var.location
  description   = "What text-embedding models are called through"

  cloud_resource {}

  depends_on = [google_project_service.apis]
}

# A model that is made over a connection delegates to it; no smaller role may. It is granted on this connection alone.
resource "google_bigquery_connection_iam_member" "text" {
  count = var.content == "text" ? 1 : 0

  location      = google_bigquery_connection.text[0].location
  connection_id = google_bigquery_connection.text[0].connection_id
  role          = "roles/bigquery.connectionAdmin"
  member        = google_service_account.service["retrain-trigger"].member
}

resource "google_project_iam_member" "text" {
  count = var.content == "text" ? 1 : 0

  project = var.project
  role    = "roles/aiplatform.user"
  member  = "serviceAccount:${google_bigquery_connection.text[0].cloud_resource[0].service_account_id}"
}
