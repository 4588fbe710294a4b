locals {
  # Off the full hour. A retrain is a state machine: its first tick of a day begins the run, the next ones bring it forward, and those after its end do nothing.
  # A content run that needs more than its tick is brought forward by the catalogue's.
  # The catalogue's and features read the whole catalogue, features every shopper's document too: see the costs in README.md.
  schedules = {
    retrain     = { cron = "7-57/10 2-7 * * *", service = "retrain-trigger", path = "/v1/retrain", deadline = "1800s", body = "" }
    guard       = { cron = "4-59/5 * * * *", service = "retrain-trigger", path = "/v1/guard", deadline = "60s", body = "" }
    features    = { cron = "19 * * * *", service = "retrain-trigger", path = "/v1/features", deadline = "1800s", body = "" }
    drift       = { cron = "33 8 * * *", service = "retrain-trigger", path = "/v1/drift", deadline = "600s", body = "" }
    content     = { cron = "21 9 * * 0", service = "retrain-trigger", path = "/v1/retrain", deadline = "1800s", body = "{\"kind\":\"content\"}" }
    catalogue   = { cron = "11-41/30 8-23 * * *", service = "retrain-trigger", path = "/v1/retrain", deadline = "1800s", body = "{\"kind\":\"content\",\"if_changed\":true}" }
    experiments = { cron = "43 8 * * *", service = "ab-report", path = "/v1/experiments/review", deadline = "900s", body = "" }
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
    uri         = "${local.service_urls[each.value.service]}${each.value.path}"
    headers     = { "X-Api-Key" = random_password.keys["operator"].result, "Content-Type" = "application/json" }
    body        = each.value.body == "" ? null : base64encode(each.value.body)

    oidc_token {
      service_account_email = google_service_account.caller.email
      audience              = local.service_urls[each.value.service]
    }
  }

  depends_on = [google_project_service.apis]
}
