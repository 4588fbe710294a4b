data "google_billing_account" "shop" {
  count = var.billing_account == "" ? 0 : 1

  billing_account = var.billing_account
}

resource "google_billing_budget" "monthly" {
  count = var.billing_account == "" ? 0 : 1

  billing_account = data.google_billing_account.shop[0].id
  display_name    = "Aisle in ${var.project}"

  budget_filter {
    projects = ["projects/${data.google_project.shop.number}"]
  }

  amount {
    specified_amount {
      units = tostring(var.monthly_budget)
    }
  }

  dynamic "threshold_rules" {
    for_each = [0.5, 0.9, 1.0]

    content {
      threshold_percent = threshold_rules.value
    }
  }

  all_updates_rule {
    monitoring_notification_channels = [google_monitoring_notification_channel.operators.id]
  }
}
