locals {
  charts = [
    { title = "Requests by service", filter = "metric.type=\"run.googleapis.com/request_count\" resource.type=\"cloud_run_revision\"", aligner = "ALIGN_RATE", group = ["resource.label.service_name"] },
    { title = "Slate latency, p99 (ms)", filter = "metric.type=\"run.googleapis.com/request_latencies\" resource.type=\"cloud_run_revision\" resource.label.service_name=\"score-user\"", aligner = "ALIGN_PERCENTILE_99", group = [] },
    { title = "Model age (s)", filter = "metric.type=\"${local.metric_prefix}/model_age_seconds\" resource.type=\"cloud_run_revision\"", aligner = "ALIGN_PERCENTILE_50", group = [] },
    { title = "Oldest waiting event (s)", filter = "metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\" resource.type=\"pubsub_subscription\"", aligner = "ALIGN_MAX", group = ["resource.label.subscription_id"] },
    { title = "Faults while serving", filter = "metric.type=\"${local.metric_prefix}/serving_faults\" resource.type=\"cloud_run_revision\"", aligner = "ALIGN_RATE", group = [] },
    { title = "Firestore writes", filter = "metric.type=\"firestore.googleapis.com/document/write_ops_count\" resource.type=\"firestore.googleapis.com/Database\"", aligner = "ALIGN_RATE", group = [] },
  ]
}

resource "google_monitoring_dashboard" "aisle" {
  dashboard_json = jsonencode({
    displayName = "Aisle"
    mosaicLayout = {
      columns = 12
      tiles = [for index, chart in local.charts : {
        xPos   = (index % 2) * 6
        yPos   = floor(index / 2) * 4
        width  = 6
        height = 4
        widget = {
          title = chart.title
          xyChart = {
            dataSets = [{
              plotType = "LINE"
              timeSeriesQuery = {
                timeSeriesFilter = {
                  filter = chart.filter
                  aggregation = {
                    alignmentPeriod    = "60s"
                    perSeriesAligner   = chart.aligner
                    crossSeriesReducer = "REDUCE_MAX"
                    groupByFields      = chart.group
                  }
                }
              }
            }]
          }
        }
      }]
    }
  })

  depends_on = [google_logging_metric.aisle]
}
