namespace Aisle.Candidates.ItemToItem;

/// <summary>How RP3β walks.</summary>
public sealed record Rp3BetaOptions
{
    /// <summary>How many neighbours each item keeps; positive, default 200.</summary>
    public int Neighbours { get; init; } = 200;

    /// <summary>α, the power of each step's probability; positive, default 0.8.</summary>
    public double Alpha { get; init; } = 0.8;

    /// <summary>β, how strongly popular items are held back; not negative, default 0.3.</summary>
    public double Beta { get; init; } = 0.3;

    /// <summary>How many threads; default 0, one for each processor.</summary>
    public int DegreeOfParallelism { get; init; }
}
