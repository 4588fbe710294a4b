resource "google_storage_bucket" "models" {
  name                        = "${var.project}-aisle-models"
  location                    = var.location
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  labels                      = { app = "aisle" }

  # Files of runs that were never finished; bundles are pruned by the service.
  lifecycle_rule {
    condition {
      age            = 7
      matches_prefix = [".runs/", ".exports/"]
    }
    action {
      type = "Delete"
    }
  }

  soft_delete_policy {
    retention_duration_seconds = 604800
  }

  depends_on = [google_project_service.apis]
}
