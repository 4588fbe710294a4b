using Aisle.Candidates.Shoppers;

namespace Aisle.Candidates.Hybrid;

/// <summary>How much each personal source counts for one shopper; not negative, and 0 for a source that has nothing to say.</summary>
/// <param name="Collaborative">User factor · item factor.</param>
/// <param name="Content">Cosine with the shopper's profile.</param>
/// <param name="Neighbours">Similar users.</param>
internal readonly record struct SourceWeights(float Collaborative, float Content, float Neighbours)
{
    /// <summary>Whether no personal source is left.</summary>
    public bool None => Collaborative + Content + Neighbours <= 0;

    /// <summary>The weights that a tier gives, before any source dropped out.</summary>
    public static SourceWeights Of(Strategy strategy, HybridOptions options) => strategy switch
    {
        Strategy.ContentOnly => Below(options.ContentTier, neighbours: 0),
        Strategy.ContentPlusNeighbours => Below(options.NeighbourTier, options.NeighbourShare),
        Strategy.FullHybrid => new((float)options.Alpha, (float)(1 - options.Alpha), 0),
        _ => default,
    };

    /// <summary>The weights without the sources that have nothing to say; when the tier has none left, the next
    /// best source takes over whole.</summary>
    /// <remarks>Stand-ins in order: neighbours, then folded-in factors, then content.</remarks>
    public SourceWeights Among(bool collaborative, bool content, bool neighbours)
    {
        SourceWeights left = new(collaborative ? Collaborative : 0, content ? Content : 0, neighbours ? Neighbours : 0);
        if (!left.None)
        {
            return left;
        }

        return neighbours ? new(0, 0, 1) : collaborative ? new(1, 0, 0) : content ? new(0, 1, 0) : default;
    }

    private static SourceWeights Below(TierMix tier, double neighbours) =>
        new((float)tier.Collaborative, (float)((1 - tier.Collaborative) * (1 - neighbours)), (float)((1 - tier.Collaborative) * neighbours));
}
