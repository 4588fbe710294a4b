resource "google_cloudbuild_trigger" "main" {
  count = var.github_repository == "" ? 0 : 1

  name            = "aisle-main"
  location        = var.region
  filename        = "cloudbuild.yaml"
  service_account = google_service_account.build.id

  github {
    owner = split("/", var.github_repository)[0]
    name  = split("/", var.github_repository)[1]

    push {
      branch = "^main$"
    }
  }

  substitutions = local.build_substitutions

  depends_on = [google_project_service.apis]
}

locals {
  build_substitutions = {
    _REGION          = var.region
    _DATASET         = var.dataset
    _LOCATION        = var.location
    _MODELS_BUCKET   = google_storage_bucket.models.name
    _TRAINER         = var.bigquery_reservation_slots > 0 ? "bigquery" : "process"
    _LIST_WRITERS    = var.bigquery_reservation_slots > 0 ? "8" : "1" # as many as retrain-trigger may have instances
    _SAMPLED_SHARE   = tostring(var.sampled_share)
    _CONTENT         = var.content
    _SEARCHED_SHARE  = var.searched_share > 0 ? tostring(var.searched_share) : ""
    _TUNING          = var.tuning
    _TEXT_CONNECTION = var.content == "text" ? "${var.project}.${lower(var.location)}.aisle-text" : ""
    _REDIS           = var.redis
    _NETWORK         = var.network
    _CANARY          = "false"
  }
}
