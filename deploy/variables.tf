variable "project" {
  description = "The project that holds everything."
  type        = string
}

variable "region" {
  description = "Where the services, the topics' subscriptions and Firestore are."
  type        = string
  default     = "europe-west1"
}

variable "location" {
  description = "Where the dataset and the bucket are: a multi-region such as EU, or the region itself."
  type        = string
  default     = "EU"
}

variable "dataset" {
  description = "The BigQuery dataset of the shop's tables."
  type        = string
  default     = "aisle"
}

variable "services_deployed" {
  description = "False for the first apply, before Cloud Build has deployed the services; true from then on: who may call them, what is pushed to them and when."
  type        = bool
  default     = false
}

variable "alert_email" {
  description = "Who is told when something is wrong."
  type        = string
}

variable "billing_account" {
  description = "The billing account of the budget, such as 012345-6789AB-CDEF01; empty for no budget."
  type        = string
  default     = ""
}

variable "monthly_budget" {
  description = "The budget a month, in units of the billing account's currency."
  type        = number
  default     = 500
}

variable "time_zone" {
  description = "What the schedules count by."
  type        = string
  default     = "Etc/UTC"
}

variable "merged_events" {
  description = "Whether queries read a table that an hourly MERGE fills, instead of deduplicating what was streamed in at each query: worth it from about 100 million events a month."
  type        = bool
  default     = false
}

variable "bigquery_reservation_slots" {
  description = "The most slots of an Enterprise reservation with a baseline of 0, for MATRIX_FACTORIZATION; 0 for none (then the service itself trains)."
  type        = number
  default     = 0

  validation {
    condition     = var.bigquery_reservation_slots >= 0 && var.bigquery_reservation_slots % 50 == 0
    error_message = "A reservation grows by 50 slots: write 0, 50, 100 and so on."
  }
}

variable "sampled_share" {
  description = "The share of shoppers, by hash, whose feedback the service itself trains on: below 1 where BigQuery makes the lists for more shoppers than a process can hold."
  type        = number
  default     = 1
}

variable "content" {
  description = "What BigQuery makes content embeddings by, where it makes the lists: pca, autoencoder, or text (a text-embedding model, with the connection that it needs)."
  type        = string
  default     = "pca"

  validation {
    condition     = contains(["pca", "autoencoder", "text"], var.content)
    error_message = "Write pca, autoencoder or text."
  }
}

variable "searched_share" {
  description = "The share of a vector index's lists that BigQuery searches for each shopper; 0 for no index, where every product is looked at."
  type        = number
  default     = 0

  validation {
    condition     = var.searched_share >= 0 && var.searched_share <= 1
    error_message = "Write a share from 0 to 1, such as 0.05."
  }
}

variable "tuning" {
  description = "How often the retrainer learns settings and the weights of sources anew: weekly, nightly, or off where one training takes longer than half an hour."
  type        = string
  default     = "weekly"

  validation {
    condition     = contains(["weekly", "nightly", "off"], var.tuning)
    error_message = "Write weekly, nightly or off."
  }
}

variable "redis" {
  description = "Redis or Valkey servers before the candidate lists, host:port with a semicolon between them, such as a Memorystore instance's address; empty for none. They are reached through var.network."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[^,[:space:]]*$", var.redis))
    error_message = "Leave options out: a comma would end the variable in gcloud's list. Keep the servers on a private network without a password."
  }
}

variable "network" {
  description = "The VPC network, and its subnet of the same name in the region, that services reach private addresses through; empty for none."
  type        = string
  default     = ""
}

variable "github_repository" {
  description = "owner/name of the repository whose main branch Cloud Build deploys; empty for no trigger (gcloud builds submit)."
  type        = string
  default     = ""
}
