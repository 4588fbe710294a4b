namespace Aisle.Candidates.Neighbours;

/// <summary>How items are found to go together.</summary>
public sealed record NeighbourOptions
{
    /// <summary>How many neighbours an item keeps; default 50, at least 1.</summary>
    public int Length { get; init; } = 50;

    /// <summary>Added to the denominator of the cosine, so that one shared shopper of two rare items is no proof;
    /// default 10, at least 0.</summary>
    public double Shrinkage { get; init; } = 10;

    /// <summary>How many items of a user count, the strongest ones; default 300, at least 2. Bounds the work that
    /// a bot can cause.</summary>
    public int MaxItemsPerUser { get; init; } = 300;

    /// <summary>How often two items must have been bought in one order; default 2, at least 1.</summary>
    public int MinSharedOrders { get; init; } = 2;

    /// <summary>Orders with more distinct items than this say nothing about what goes together; default 100, at least 2.</summary>
    public int MaxItemsPerOrder { get; init; } = 100;

    /// <summary>How many interactions of a user count when similar users are sought; default 200, at least 1.</summary>
    public int MaxItemsPerNeighbour { get; init; } = 200;
}
