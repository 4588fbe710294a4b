# One identity a service, with the roles that its adapters use and no others.
locals {
  services = {
    collect-events  = { publishes = ["events"], reads_warehouse = false, writes_warehouse = false, documents = true, models = false }
    ingest-event    = { publishes = [], reads_warehouse = false, writes_warehouse = true, documents = true, models = false }
    score-user      = { publishes = ["slates"], reads_warehouse = false, writes_warehouse = true, documents = true, models = true }
    retrain-trigger = { publishes = ["alerts", "shards"], reads_warehouse = true, writes_warehouse = true, documents = true, models = true }
    ab-report       = { publishes = ["alerts"], reads_warehouse = true, writes_warehouse = false, documents = true, models = false }
  }

  # Known before the services are: Cloud Run's deterministic addresses.
  service_urls = { for name, _ in local.services : name => "https://${name}-${data.google_project.shop.number}.${var.region}.run.app" }

  publishers = merge([for service, needs in local.services : {
    for topic in needs.publishes : "${service}-${topic}" => { service = service, topic = topic }
  }]...)
}

resource "google_service_account" "service" {
  for_each = local.services

  account_id   = "aisle-${each.key}"
  display_name = "Aisle ${each.key}"
}

resource "google_service_account" "caller" {
  account_id   = "aisle-caller"
  display_name = "Aisle: what Pub/Sub and Scheduler call the services as"
}

resource "google_service_account" "build" {
  account_id   = "aisle-build"
  display_name = "Aisle: builds and deploys"
}

resource "google_project_iam_member" "documents" {
  for_each = { for name, needs in local.services : name => needs if needs.documents }

  project = var.project
  role    = "roles/datastore.user"
  member  = google_service_account.service[each.key].member
}

resource "google_project_iam_member" "query_jobs" {
  for_each = { for name, needs in local.services : name => needs if needs.reads_warehouse }

  project = var.project
  role    = "roles/bigquery.jobUser"
  member  = google_service_account.service[each.key].member
}

resource "google_bigquery_dataset_iam_member" "readers" {
  for_each = { for name, needs in local.services : name => needs if needs.reads_warehouse && !needs.writes_warehouse }

  dataset_id = google_bigquery_dataset.shop.dataset_id
  role       = "roles/bigquery.dataViewer"
  member     = google_service_account.service[each.key].member
}

resource "google_bigquery_dataset_iam_member" "writers" {
  for_each = { for name, needs in local.services : name => needs if needs.writes_warehouse }

  dataset_id = google_bigquery_dataset.shop.dataset_id
  role       = "roles/bigquery.dataEditor"
  member     = google_service_account.service[each.key].member
}

resource "google_storage_bucket_iam_member" "models" {
  for_each = { for name, needs in local.services : name => needs if needs.models }

  bucket = google_storage_bucket.models.name
  role   = each.key == "retrain-trigger" ? "roles/storage.objectUser" : "roles/storage.objectViewer"
  member = google_service_account.service[each.key].member
}

resource "google_pubsub_topic_iam_member" "publishers" {
  for_each = local.publishers

  topic  = google_pubsub_topic.topics[each.value.topic].name
  role   = "roles/pubsub.publisher"
  member = google_service_account.service[each.value.service].member
}

resource "google_project_iam_member" "build" {
  for_each = toset([
    "roles/artifactregistry.writer",
    "roles/cloudbuild.builds.editor",
    "roles/logging.logWriter",
    "roles/run.developer",
    "roles/storage.admin",
  ])

  project = var.project
  role    = each.key
  member  = google_service_account.build.member
}

# Whoever deploys a service acts as its identity, and as no other.
resource "google_service_account_iam_member" "build_acts_as" {
  for_each = google_service_account.service

  service_account_id = each.value.name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.build.member
}

# Pub/Sub and Scheduler may call these two; the other three are open to the internet and ask for an API key.
resource "google_cloud_run_v2_service_iam_member" "called" {
  for_each = var.services_deployed ? toset(["ingest-event", "retrain-trigger"]) : toset([])

  name     = each.key
  location = var.region
  role     = "roles/run.invoker"
  member   = google_service_account.caller.member
}

resource "google_cloud_run_v2_service_iam_member" "open" {
  for_each = var.services_deployed ? toset(["collect-events", "score-user", "ab-report"]) : toset([])

  name     = each.key
  location = var.region
  role     = "roles/run.invoker"
  member   = "allUsers"
}
