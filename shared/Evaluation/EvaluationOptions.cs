using Aisle.Factorization;

namespace Aisle.Evaluation;

/// <summary>How models are judged. All models of one table are judged with the same options.</summary>
public sealed record EvaluationOptions
{
    /// <summary>k, how many places a slate has; default 10.</summary>
    public int K { get; init; } = 10;

    /// <summary>How many bootstrap samples of users are drawn for an interval; default 1000, 0 for no intervals.</summary>
    public int BootstrapSamples { get; init; } = 1000;

    /// <summary>The seed of the bootstrap; default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many threads rank users; default 0, one for each processor. It changes no bit of the result.</summary>
    public int DegreeOfParallelism { get; init; }

    /// <summary>Content embeddings, a row for each item, for intra-list diversity; null when there is no content,
    /// and then the metric is null too.</summary>
    public FactorMatrix? Embeddings { get; init; }

    /// <summary>The category of each item, for serendipity; null when categories are unknown, and then only
    /// popularity makes an item expected.</summary>
    public IReadOnlyList<int>? Categories { get; init; }

    /// <summary>The slice of each user, such as the cold-start tier, for figures by slice; null for none.</summary>
    public IReadOnlyList<string>? Slices { get; init; }
}
