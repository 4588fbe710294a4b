#!/usr/bin/env bash
# Deploys one service: service.sh NAME ENTRY_POINT PROJECT_FOLDER FLAGS…
# Reads PROJECT, REGION, CANARY and NETWORK, the VPC network that the service reaches private addresses through; none when empty. Who may call the service is Terraform's (deploy/identities.tf), so a deployment never opens one.
set -euo pipefail
name=$1 entry=$2 folder=$3
shift 3

extra=()
if [ "${CANARY:-false}" = true ]; then
  extra+=(--no-traffic --tag=canary)
fi

if [ -n "${NETWORK:-}" ]; then
  extra+=(--network="$NETWORK" --subnet="$NETWORK" --vpc-egress=private-ranges-only)
fi

# The buildpack takes the one project under GOOGLE_BUILDABLE; the other functions beside it stay out of the build.
gcloud run deploy "$name" \
  --project="$PROJECT" \
  --region="$REGION" \
  --source=. \
  --function="$entry" \
  --base-image=dotnet10 \
  --set-build-env-vars="GOOGLE_BUILDABLE=$folder" \
  --service-account="aisle-$name@$PROJECT.iam.gserviceaccount.com" \
  --labels=app=aisle \
  --quiet \
  "${extra[@]}" "$@"

# After a canary or a rollback traffic is pinned to revisions by name, and a new one would get none.
if [ "${CANARY:-false}" != true ]; then
  gcloud run services update-traffic "$name" --project="$PROJECT" --region="$REGION" --to-latest --quiet
fi
