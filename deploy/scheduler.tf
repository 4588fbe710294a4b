locals {
  # Off the full hour. A retrain is a state machine: its first tick of a day begins the run, the next ones bring it forward, and those after its end do nothing.
  schedules = {
    retrain = { cron = "7-57/10 2-7 * * *", path = "/v1/retrain", deadline = "1800s" }
    guard   = { cron = "4-59/5 * * * *", path = "/v1/guard", deadline = "60s" }
  }
}

resource "google_cloud_scheduler_job" "ticks" {
  for_each = var.services_deployed ? local.schedules : {}

  name             = "aisle-${each.key}"
  region           = var.region
  schedule         = each.value.cron
  time_zone        = var.time_zone
  attempt_deadline = each.value.deadline

  retry_config {
    retry_count = 0 # the next tick is the retry
  }

  http_target {
    http_method = "POST"
    uri         = "${local.service_urls["retrain-trigger"]}${each.value.path}"
    headers     = { "X-Api-Key" = random_password.keys["operator"].result }

    oidc_token {
      service_account_email = google_service_account.caller.email
      audience              = local.service_urls["retrain-trigger"]
    }
  }

  depends_on = [google_project_service.apis]
}
