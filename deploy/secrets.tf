# Made once, at random, and never shown: whoever needs a key reads it from Secret Manager.
locals {
  keys = {
    operator   = ["retrain-trigger", "collect-events", "score-user", "ab-report", "ingest-event"]
    collector  = ["collect-events"]
    storefront = ["score-user"]
    analyst    = ["ab-report"]
  }

  # The pseudonym key is no API key: changing it makes every shopper a stranger.
  secret_readers = merge(
    { for role, services in local.keys : "aisle-${role}-keys" => services },
    { aisle-pseudonym-key = ["collect-events", "ingest-event", "score-user", "retrain-trigger", "ab-report"] },
  )

  secret_values = merge(
    { for role, key in random_password.keys : "aisle-${role}-keys" => key.result },
    { aisle-pseudonym-key = random_bytes.pseudonym.base64 },
  )

  secret_access = merge([for secret, services in local.secret_readers : {
    for service in services : "${secret}-${service}" => { secret = secret, service = service }
  }]...)
}

resource "random_password" "keys" {
  for_each = local.keys

  length  = 43
  special = false
}

resource "random_bytes" "pseudonym" {
  length = 32

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_secret_manager_secret" "secrets" {
  for_each = local.secret_readers

  secret_id = each.key
  labels    = { app = "aisle" }

  replication {
    auto {}
  }

  depends_on = [google_project_service.apis]
}

resource "google_secret_manager_secret_version" "secrets" {
  for_each = local.secret_values

  secret      = google_secret_manager_secret.secrets[each.key].id
  secret_data = each.value

  # A key that is rotated by hand (old,new) stays.
  lifecycle {
    ignore_changes = [secret_data]
  }
}

resource "google_secret_manager_secret_iam_member" "readers" {
  for_each = local.secret_access

  secret_id = google_secret_manager_secret.secrets[each.value.secret].id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.service[each.value.service].member
}
