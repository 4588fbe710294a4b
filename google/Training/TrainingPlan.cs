using System.Globalization;
using Aisle.Candidates.Hybrid;
using Aisle.GoogleCloud.PubSub;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.Training;

/// <summary>The statements that make a model inside BigQuery, in their order.</summary>
/// <param name="google">Which dataset.</param>
/// <param name="options">Valid.</param>
internal sealed class TrainingPlan(GoogleOptions google, TrainingOptions options)
{
    /// <summary>The steps of one version.</summary>
    /// <param name="version">The model version: letters, digits and underscores.</param>
    /// <param name="asOf">The moment that it is trained as of.</param>
    public IReadOnlyList<TrainingStep> Steps(string version, DateTimeOffset asOf)
    {
        Dictionary<string, object> values = TrainingSql.Values(version, asOf, google.Dataset, options);
        return [.. Names().Select(name => new TrainingStep(name, TrainingSql.Statement(name, google.Dataset, values), Parameters(asOf)))];
    }

    /// <summary>The statement that makes one shard's lists; weights that were learnt stand where the options have the design's.</summary>
    public TrainingStep Candidates(ShardMessage shard)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shard.Shard);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shard.Shard, options.Shards);
        HybridOptions hybrid = shard.Weights?.In(options.Hybrid) ?? options.Hybrid;
        Dictionary<string, object> values = TrainingSql.Values(shard.ModelVersion, shard.AsOf, google.Dataset, options with { Hybrid = hybrid });
        values["shard"] = shard.Shard;
        return new TrainingStep(string.Create(CultureInfo.InvariantCulture, $"candidates_{shard.Shard}"), TrainingSql.Statement("candidates", google.Dataset, values), []);
    }

    /// <summary>The statement that judges the factors, and our reading of them.</summary>
    public TrainingStep Evaluation(string version, DateTimeOffset asOf) =>
        new("evaluation", TrainingSql.Statement("evaluation", google.Dataset, TrainingSql.Values(version, asOf, google.Dataset, options)), []);

    private string[] Names() =>
    [
        "feedback",
        "factors",
        "expiry_of_factors",
        "user_factors",
        "item_factors",
        .. options.SearchedShare is null ? Array.Empty<string>() : ["item_factors_index"],
        .. ContentNames(),
        .. options.SearchedShare is null ? Array.Empty<string>() : ["content_index"],
        "content_profiles",
        "products",
        "product_shoppers",
        "walks",
        "shopper_tiers",
    ];

    private string[] ContentNames() => options.Content switch
    {
        ContentMethod.Autoencoder => ["terms", "content_autoencoder", "expiry_of_content", "content_embeddings_autoencoder"],
        ContentMethod.TextModel => ["content_text", "expiry_of_content", "content_embeddings_text"],
        _ => ["terms", "content_pca", "expiry_of_content", "content_embeddings_pca"],
    };

    private BigQueryParameter[] Parameters(DateTimeOffset asOf) =>
    [
        new("from", BigQueryDbType.Timestamp, asOf - options.Feedback.Window),
        new("cutoff", BigQueryDbType.Timestamp, asOf),
        new("decay", BigQueryDbType.Float64, options.Feedback.DecayPerDay),
        new("damped", BigQueryDbType.Bool, options.Feedback.Damped),
        new("cap", BigQueryDbType.Float64, options.Feedback.Cap),
    ];
}
