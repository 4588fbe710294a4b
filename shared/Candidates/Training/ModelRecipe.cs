using Aisle.Candidates.Hybrid;
using Aisle.Candidates.ItemToItem;
using Aisle.Candidates.Neighbours;
using Aisle.Candidates.Shoppers;
using Aisle.ColdStart;
using Aisle.Content;
using Aisle.Factorization;

namespace Aisle.Candidates.Training;

/// <summary>All options of a model together: what a comparison of two recipes compares.</summary>
public sealed record ModelRecipe
{
    /// <summary>How events become weights.</summary>
    public FeedbackScale Feedback { get; init; } = new();

    /// <summary>How factors are trained.</summary>
    public IalsOptions Factors { get; init; } = new();

    /// <summary>How products are embedded.</summary>
    public ContentOptions Content { get; init; } = new();

    /// <summary>How popularity is counted.</summary>
    public PopularityOptions Popularity { get; init; } = new();

    /// <summary>How items are found to go together.</summary>
    public NeighbourOptions Neighbours { get; init; } = new();

    /// <summary>How items are walked to from items; 100 neighbours each, to keep the bundle small.</summary>
    public Rp3BetaOptions Walks { get; init; } = new() { Neighbours = 100 };

    /// <summary>How sources are fused.</summary>
    public HybridOptions Hybrid { get; init; } = new();

    /// <summary>Whether the weights in <see cref="Hybrid"/> were learnt on this shop's validation split; then they travel with the
    /// model and are served. Default false.</summary>
    public bool WeightsAreLearnt { get; init; }
}
