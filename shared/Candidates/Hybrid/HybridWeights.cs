namespace Aisle.Candidates.Hybrid;

/// <summary>How much each source counts, as it was learnt for one model: the part of <see cref="HybridOptions"/> that travels with the
/// bundle, so that whoever serves the model fuses it as it was judged.</summary>
public sealed record HybridWeights
{
    private static readonly HybridOptions Design = new();

    /// <summary>α.</summary>
    public required double Alpha { get; init; }

    /// <summary>β.</summary>
    public required double Beta { get; init; }

    /// <summary>The neighbours' share of their tier.</summary>
    public required double NeighbourShare { get; init; }

    /// <summary>The walks' share of the collaborative source.</summary>
    public required double WalkShare { get; init; }

    /// <summary>The tier of 1–2 products.</summary>
    public required TierMix ContentTier { get; init; }

    /// <summary>The tier of 3–5 products.</summary>
    public required TierMix NeighbourTier { get; init; }

    /// <summary>The weights of some options.</summary>
    public static HybridWeights Of(HybridOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new HybridWeights
        {
            Alpha = options.Alpha,
            Beta = options.Beta,
            NeighbourShare = options.NeighbourShare,
            WalkShare = options.WalkShare,
            ContentTier = options.ContentTier,
            NeighbourTier = options.NeighbourTier,
        };
    }

    /// <summary>Options in which these weights stand wherever the design's defaults stood; a weight that was set to something else, by an
    /// operator or a variant of an experiment, stays.</summary>
    /// <param name="options">All else is taken from them.</param>
    public HybridOptions In(HybridOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with
        {
            Alpha = options.Alpha == Design.Alpha ? Alpha : options.Alpha,
            Beta = options.Beta == Design.Beta ? Beta : options.Beta,
            NeighbourShare = options.NeighbourShare == Design.NeighbourShare ? NeighbourShare : options.NeighbourShare,
            WalkShare = options.WalkShare == Design.WalkShare ? WalkShare : options.WalkShare,
            ContentTier = options.ContentTier == Design.ContentTier ? ContentTier : options.ContentTier,
            NeighbourTier = options.NeighbourTier == Design.NeighbourTier ? NeighbourTier : options.NeighbourTier,
        };
    }
}
