resource "google_firestore_database" "shop" {
  name                              = "(default)"
  location_id                       = var.region
  type                              = "FIRESTORE_NATIVE"
  concurrency_mode                  = "OPTIMISTIC"
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_DISABLED" # what is erased must not come back
  delete_protection_state           = "DELETE_PROTECTION_ENABLED"
  deletion_policy                   = "ABANDON"

  depends_on = [google_project_service.apis]
}

locals {
  # Collection groups whose documents expire. Expired ones are removed within a day or so; readers check the field themselves.
  expiring = { profiles = "expire_at", lists = "expire_at" }

  # Fields that no query filters by: an index on them costs writes and, where values only grow, holds a collection to 500 writes a second.
  unindexed = {
    profiles = [
      "recent", "distinct_products", "user_embedding", "newest_event_at", "assignment_stamp", "device_stamp", "avg_price_minor", "purchase_count_30d",
      "login_at", "earlier_login_at",
    ]
    lists         = ["products", "scores", "sources", "generated_at", "user_id", "strategy", "model_version"]
    products      = ["description", "title", "tags", "image_url"]
    runs          = ["steps", "reasons", "leased_until"]
    experiments   = ["description", "variants", "overrides"]
    price_changes = ["changed_at", "price_minor", "currency", "in_stock"]
    merchandising = ["json"]
    availability  = ["product_id", "in_stock", "price_minor", "currency", "deleted"]
    shards        = ["shard", "written", "done", "changed_at"]
  }

  exemptions = merge([for group, fields in local.unindexed : { for field in fields : "${group}.${field}" => { group = group, field = field } }]...)
}

resource "google_firestore_field" "time_to_live" {
  for_each = local.expiring

  database   = google_firestore_database.shop.name
  collection = each.key
  field      = each.value

  ttl_config {}
  index_config {}
}

resource "google_firestore_field" "unindexed" {
  for_each = local.exemptions

  database   = google_firestore_database.shop.name
  collection = each.value.group
  field      = each.value.field

  index_config {}
}
