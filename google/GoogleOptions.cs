using Aisle.GoogleCloud.Training;

namespace Aisle.GoogleCloud;

/// <summary>Where on Google Cloud a shop's data lives. Read once at start by <see cref="GoogleOptionsReader"/>, which names the
/// environment variable of whatever is wrong.</summary>
public sealed record GoogleOptions
{
    /// <summary>The project that holds everything; <c>GOOGLE_CLOUD_PROJECT</c>.</summary>
    public required string ProjectId { get; init; }

    /// <summary>The BigQuery dataset of the shop's tables; <c>AISLE_DATASET</c>.</summary>
    public required string Dataset { get; init; }

    /// <summary>Where the dataset lies, such as <c>EU</c>, which BigQuery needs to find a job again;
    /// <c>AISLE_BIGQUERY_LOCATION</c>, default <c>US</c>.</summary>
    public string BigQueryLocation { get; init; } = "US";

    /// <summary>The topic that the collector publishes to; <c>AISLE_EVENTS_TOPIC</c>.</summary>
    public required string EventsTopic { get; init; }

    /// <summary>The pull subscription that a worker leases from; <c>AISLE_EVENTS_SUBSCRIPTION</c>. Null where
    /// Pub/Sub pushes to the event function.</summary>
    public string? EventsSubscription { get; init; }

    /// <summary>The topic that alerts are published to, beside the log; <c>AISLE_ALERTS_TOPIC</c>. Null publishes none.</summary>
    public string? AlertsTopic { get; init; }

    /// <summary>The topic that slates go by, which pushes to the event function; <c>AISLE_SLATES_TOPIC</c>. Null
    /// writes them to BigQuery at once.</summary>
    public string? SlatesTopic { get; init; }

    /// <summary>Whether candidate lists come from a model that BigQuery trains, for more shoppers than one process can hold;
    /// <c>AISLE_TRAINER</c>, <c>process</c> (default) or <c>bigquery</c>.</summary>
    public bool TrainsInBigQuery { get; init; }

    /// <summary>The topic of the shards of candidate lists; <c>AISLE_SHARDS_TOPIC</c>. Required where BigQuery trains.</summary>
    public string? ShardsTopic { get; init; }

    /// <summary>What BigQuery makes content embeddings by; <c>AISLE_CONTENT</c>, <c>pca</c> (default),
    /// <c>autoencoder</c> or <c>text</c>.</summary>
    public ContentMethod Content { get; init; }

    /// <summary>The connection of the text-embedding model, <c>project.region.name</c>; <c>AISLE_TEXT_CONNECTION</c>. Required with
    /// <see cref="ContentMethod.TextModel"/>.</summary>
    public string? TextConnection { get; init; }

    /// <summary>The share of an index's lists that BigQuery's vector searches look into, in (0, 1]; <c>AISLE_SEARCHED_SHARE</c>. Null, the
    /// default, looks at every product and needs no index.</summary>
    public double? SearchedShare { get; init; }

    /// <summary>Into how many shards shoppers are cut; <c>AISLE_SHARDS</c>, 1 to 4000, default 400: 25,000 of 10
    /// million shoppers each.</summary>
    public int Shards { get; init; } = 400;

    /// <summary>How many processes write candidate lists at once, which share the rate that Firestore allows a new collection;
    /// <c>AISLE_LIST_WRITERS</c>, 1 to 1000, default 1.</summary>
    public int ListWriters { get; init; } = 1;

    /// <summary>The share of shoppers, by hash, that a run reads feedback of, in (0, 1]; <c>AISLE_SAMPLED_SHARE</c>, default 1. Where
    /// BigQuery makes the lists, the bundle is trained on a sample that one process can hold.</summary>
    public double SampledShare { get; init; } = 1;

    /// <summary>The folder where the bucket of the model bundles is mounted; <c>AISLE_MODELS_FOLDER</c>.</summary>
    public required string ModelsFolder { get; init; }

    /// <summary>The name of the bucket that <see cref="ModelsFolder"/> mounts; <c>AISLE_EXPORT_BUCKET</c>. Feedback is then read as Parquet
    /// that BigQuery exports there; null, the default, pages it over HTTP, which is enough for a small shop.</summary>
    public string? ExportBucket { get; init; }

    /// <summary>The Firestore database; <c>AISLE_FIRESTORE_DATABASE</c>, default <c>(default)</c>.</summary>
    public string FirestoreDatabase { get; init; } = "(default)";

    /// <summary>The most bytes one query may bill, so that a mistake costs cents; <c>AISLE_MAXIMUM_BYTES_BILLED</c>,
    /// default 200 GB, at least 10 MB.</summary>
    public long MaximumBytesBilled { get; init; } = 200_000_000_000;

    /// <summary>Rows that a query fetches per page; <c>AISLE_QUERY_PAGE_ROWS</c>, 1 to 100,000, default 10,000.</summary>
    public int QueryPageRows { get; init; } = 10_000;

    /// <summary>What stands in for BigQuery, asked without credentials; <c>BIGQUERY_EMULATOR_HOST</c>. Null is the real service.</summary>
    public Uri? BigQueryEmulator { get; init; }

    /// <summary>What stands in for Firestore, asked without credentials; <c>FIRESTORE_EMULATOR_HOST</c>. Null is
    /// the real service.</summary>
    public Uri? FirestoreEmulator { get; init; }

    /// <summary>What stands in for Pub/Sub, asked without credentials; <c>PUBSUB_EMULATOR_HOST</c>. Null is the real service.</summary>
    public Uri? PubSubEmulator { get; init; }
}
