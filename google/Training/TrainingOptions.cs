using Aisle.Candidates.Hybrid;
using Aisle.Candidates.ItemToItem;
using Aisle.Candidates.Shoppers;
using Aisle.Candidates.Training;

namespace Aisle.GoogleCloud.Training;

/// <summary>How a model is trained inside BigQuery.</summary>
public sealed record TrainingOptions
{
    /// <summary>How events become weights.</summary>
    public FeedbackScale Feedback { get; init; } = new();

    /// <summary>How sources are fused.</summary>
    public HybridOptions Hybrid { get; init; } = new();

    /// <summary>f, the length of factors; default 64, in 2 … 200, which is BigQuery's own range.</summary>
    public int Factors { get; init; } = 64;

    /// <summary>L2 regularization; default 0.1, at least 0.</summary>
    public double Regularization { get; init; } = 0.1;

    /// <summary>α, the confidence that one unit of feedback adds; default 40, positive.</summary>
    public double ConfidenceScale { get; init; } = 40;

    /// <summary>The most passes of WALS, or of the autoencoder; default 20, in 1 … 50.</summary>
    public int Iterations { get; init; } = 20;

    /// <summary>What content embeddings are made by; default <see cref="ContentMethod.Pca"/>.</summary>
    public ContentMethod Content { get; init; }

    /// <summary>The length of content embeddings; default 64, in 2 … 768.</summary>
    public int ContentWidth { get; init; } = 64;

    /// <summary>How many terms PCA and the autoencoder see; default 1000, in 64 … 10,000 (the most that PCA takes).</summary>
    public int Terms { get; init; } = 1000;

    /// <summary>The connection of the text-embedding model, <c>project.region.name</c>; null unless <see cref="Content"/> is
    /// <see cref="ContentMethod.TextModel"/>.</summary>
    public string? Connection { get; init; }

    /// <summary>The text-embedding model; default <c>text-embedding-005</c>.</summary>
    public string TextEndpoint { get; init; } = "text-embedding-005";

    /// <summary>Into how many shards shoppers are cut for the export of lists; default 400, in 1 … 4000 (the most
    /// partitions one job may write).</summary>
    public int Shards { get; init; } = 400;

    /// <summary>How many products each source brings; default 200, at least the length of a list.</summary>
    public int Found { get; init; } = 200;

    /// <summary>How many of a product's latest shoppers can be neighbours; default 200, at least 1.</summary>
    public int NeighbourSample { get; init; } = 200;

    /// <summary>How item-to-item walks are found; by default as a bundle's are.</summary>
    public Rp3BetaOptions Walks { get; init; } = new ModelRecipe().Walks;

    /// <summary>The most products of one shopper that walks lead over, the strongest first; by default as many as for a bundle.</summary>
    public int WalkItems { get; init; } = new ModelRecipe().Neighbours.MaxItemsPerUser;

    /// <summary>Over the shoppers of how many shards walks lead; default 40: 1 million of 10 million shoppers. At least 1.</summary>
    public int WalkedShards { get; init; } = 40;

    /// <summary>The share of the index's lists that a search looks into; null looks at all products, which is
    /// exact. Default null.</summary>
    public double? SearchedShare { get; init; }

    /// <summary>How long a version's tables are kept; default 10 days.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromDays(10);

    /// <summary>Refuses options that BigQuery would refuse hours later.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        Hybrid.Validate();
        Within(Factors, 2, 200, nameof(Factors));
        Within(Regularization, 0, 1e6, nameof(Regularization));
        Within(ConfidenceScale, 1e-6, 1e6, nameof(ConfidenceScale));
        Within(Iterations, 1, 50, nameof(Iterations));
        Within(ContentWidth, 2, 768, nameof(ContentWidth));
        Within(Terms, 64, 10_000, nameof(Terms));
        Within(Shards, 1, 4000, nameof(Shards));
        Within(Found, Hybrid.ListLength, 10_000, nameof(Found));
        Within(Walks.Neighbours, 1, 10_000, nameof(Walks));
        Within(WalkItems, 2, 10_000, nameof(WalkItems));
        Within(WalkedShards, 1, 4000, nameof(WalkedShards));
        Within(NeighbourSample, 1, 100_000, nameof(NeighbourSample));
        Within(SearchedShare ?? 1, 0.0001, 1, nameof(SearchedShare));
        if (Content == ContentMethod.TextModel && Connection is null)
        {
            throw new ArgumentOutOfRangeException(nameof(Connection), Connection, "A text-embedding model needs a connection, project.region.name.");
        }
    }

    private static void Within(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be in {least} … {most}.");
        }
    }
}
