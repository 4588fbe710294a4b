output "services" {
  description = "Where the services answer."
  value       = local.service_urls
}

output "build" {
  description = "Builds, tests and deploys the five services."
  value = join(" ", [
    "gcloud builds submit --ignore-file=.gitignore --config=cloudbuild.yaml --region=${var.region}",
    "--service-account=projects/${var.project}/serviceAccounts/${google_service_account.build.email}",
    "--default-buckets-behavior=regional-user-owned-bucket",
    "--substitutions=${join(",", [for name, value in local.build_substitutions : "${name}=${value}"])}",
  ])
}
