# Metrics are counted from log entries: no agent, no exporter, and what an operator reads is what is counted.
locals {
  log_metrics = {
    model_age_seconds = {
      filter = "jsonPayload.category=\"Aisle.RetrainTrigger.GoogleCloud.ModelAgeLog\""
      value  = "REGEXP_EXTRACT(jsonPayload.message, \"age_s=([0-9]+)\")"
      kind   = "DISTRIBUTION"
      bounds = [3600, 21600, 43200, 86400, 108000, 129600, 172800, 259200, 604800]
    }
    serving_faults = {
      filter = "jsonPayload.category:\"Aisle.ScoreUser.\" AND severity>=WARNING"
      value  = null
      kind   = "INT64"
      bounds = []
    }
    critical_alerts = {
      filter = "severity=CRITICAL AND jsonPayload.category=\"Aisle.GoogleCloud.Alerts.CloudAlertSink\""
      value  = null
      kind   = "INT64"
      bounds = []
    }
  }

  metric_prefix = "logging.googleapis.com/user/aisle"
}

resource "google_logging_metric" "aisle" {
  for_each = local.log_metrics

  name            = "aisle/${each.key}"
  filter          = "resource.type=\"cloud_run_revision\" AND ${each.value.filter}"
  value_extractor = each.value.value

  # A percentile is interpolated within its bucket: with a bound at the threshold an age is on the right side of it to the second.
  dynamic "bucket_options" {
    for_each = each.value.kind == "DISTRIBUTION" ? [each.value.bounds] : []

    content {
      explicit_buckets {
        bounds = bucket_options.value
      }
    }
  }

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = each.value.kind
    unit        = each.value.kind == "DISTRIBUTION" ? "s" : "1"
  }

  depends_on = [google_project_service.apis]
}

resource "google_monitoring_notification_channel" "operators" {
  display_name = "Aisle's operators"
  type         = "email"
  labels       = { email_address = var.alert_email }

  depends_on = [google_project_service.apis]
}

# 36 hours. An absence condition cannot be that long (23.5 h at most), so the guard says the age every five minutes and the age has a threshold.
resource "google_monitoring_alert_policy" "stale_model" {
  display_name          = "Aisle: the serving model is older than 36 hours"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.operators.id]

  conditions {
    display_name = "age above 129,600 s"

    condition_threshold {
      filter          = "metric.type=\"${local.metric_prefix}/model_age_seconds\" AND resource.type=\"cloud_run_revision\""
      comparison      = "COMPARISON_GT"
      threshold_value = 129600
      duration        = "0s"

      aggregations {
        alignment_period     = "600s"
        per_series_aligner   = "ALIGN_PERCENTILE_50"
        cross_series_reducer = "REDUCE_MAX"
      }
    }
  }

  conditions {
    display_name = "the guard is silent"

    condition_absent {
      filter   = "metric.type=\"${local.metric_prefix}/model_age_seconds\" AND resource.type=\"cloud_run_revision\""
      duration = "2700s"

      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_COUNT"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    content = "Look at GET /v1/runs of retrain-trigger: the last run says why it was refused or failed. See deploy/README.md, When something is wrong."
  }

  depends_on = [google_logging_metric.aisle]
}

# What the functions say must be acted on at once, such as an experiment whose data cannot be judged; the age of the model has its own policy besides.
resource "google_monitoring_alert_policy" "urgent" {
  display_name          = "Aisle: an urgent alert"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.operators.id]

  conditions {
    display_name = "an alert of level CRITICAL"

    condition_threshold {
      filter          = "metric.type=\"${local.metric_prefix}/critical_alerts\" AND resource.type=\"cloud_run_revision\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_SUM"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    content = "The log entry says what is wrong and what to do: severity=CRITICAL and the category Aisle.GoogleCloud.Alerts.CloudAlertSink."
  }

  depends_on = [google_logging_metric.aisle]
}

resource "google_monitoring_alert_policy" "dead_letters" {
  display_name          = "Aisle: messages are given up"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.operators.id]

  dynamic "conditions" {
    for_each = local.pushes

    content {
      display_name = "dead letters of ${conditions.key}"

      condition_threshold {
        filter          = "metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\" AND resource.type=\"pubsub_subscription\" AND resource.label.subscription_id=\"aisle-${conditions.key}-dead-pull\""
        comparison      = "COMPARISON_GT"
        threshold_value = 0
        duration        = "300s"

        aggregations {
          alignment_period   = "60s"
          per_series_aligner = "ALIGN_MAX"
        }
      }
    }
  }
}

resource "google_monitoring_alert_policy" "lag" {
  display_name          = "Aisle: events wait longer than ten minutes"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.operators.id]

  conditions {
    display_name = "oldest unacknowledged event"

    condition_threshold {
      filter          = "metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\" AND resource.type=\"pubsub_subscription\" AND resource.label.subscription_id=\"aisle-events-push\""
      comparison      = "COMPARISON_GT"
      threshold_value = 600
      duration        = "300s"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }
}

resource "google_monitoring_alert_policy" "errors" {
  display_name          = "Aisle: more than 1 in 50 answers is a server error"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.operators.id]

  conditions {
    display_name = "5xx of score-user"

    condition_threshold {
      filter             = "metric.type=\"run.googleapis.com/request_count\" AND resource.type=\"cloud_run_revision\" AND resource.label.service_name=\"score-user\" AND metric.label.response_code_class=\"5xx\""
      denominator_filter = "metric.type=\"run.googleapis.com/request_count\" AND resource.type=\"cloud_run_revision\" AND resource.label.service_name=\"score-user\""
      comparison         = "COMPARISON_GT"
      threshold_value    = 0.02
      duration           = "300s"

      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_RATE"
        cross_series_reducer = "REDUCE_SUM"
      }

      denominator_aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_RATE"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
}
