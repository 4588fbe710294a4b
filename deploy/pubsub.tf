locals {
  # What is pushed where, and for how long Pub/Sub waits for the answer.
  pushes = {
    events = { service = "ingest-event", path = "/", deadline = 60, attempts = 20 }
    slates = { service = "ingest-event", path = "/", deadline = 60, attempts = 20 }
    shards = { service = "retrain-trigger", path = "/v1/shards", deadline = 600, attempts = 50 }
  }

  pubsub_agent = "serviceAccount:service-${data.google_project.shop.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}

resource "google_pubsub_topic" "topics" {
  for_each = toset(["events", "slates", "shards", "alerts"])

  name                       = "aisle-${each.key}"
  message_retention_duration = each.key == "alerts" ? null : "604800s" # seven days, to replay after a mistake
  labels                     = { app = "aisle" }

  depends_on = [google_project_service.apis]
}

resource "google_pubsub_topic" "dead" {
  for_each = local.pushes

  name   = "aisle-${each.key}-dead"
  labels = { app = "aisle" }

  depends_on = [google_project_service.apis]
}

resource "google_pubsub_subscription" "push" {
  for_each = var.services_deployed ? local.pushes : {}

  name                       = "aisle-${each.key}-push"
  topic                      = google_pubsub_topic.topics[each.key].id
  ack_deadline_seconds       = each.value.deadline
  message_retention_duration = "604800s"

  expiration_policy {
    ttl = "" # never
  }

  push_config {
    push_endpoint = "${local.service_urls[each.value.service]}${each.value.path}"

    oidc_token {
      service_account_email = google_service_account.caller.email
      audience              = local.service_urls[each.value.service]
    }
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  # A bad message is parked by the service itself; what ends here met a fault that did not pass.
  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead[each.key].id
    max_delivery_attempts = each.value.attempts
  }
}

# Without a subscription of its own a dead letter is lost.
resource "google_pubsub_subscription" "dead" {
  for_each = local.pushes

  name                       = "aisle-${each.key}-dead-pull"
  topic                      = google_pubsub_topic.dead[each.key].id
  message_retention_duration = "2678400s" # 31 days
  ack_deadline_seconds       = 600

  expiration_policy {
    ttl = ""
  }
}

resource "google_pubsub_topic_iam_member" "dead_letters" {
  for_each = local.pushes

  topic  = google_pubsub_topic.dead[each.key].name
  role   = "roles/pubsub.publisher"
  member = local.pubsub_agent
}

resource "google_pubsub_subscription_iam_member" "dead_letters" {
  for_each = var.services_deployed ? local.pushes : {}

  subscription = google_pubsub_subscription.push[each.key].name
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub_agent
}

# Pub/Sub signs its calls as the caller.
resource "google_service_account_iam_member" "pubsub_signs" {
  service_account_id = google_service_account.caller.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.pubsub_agent
}
