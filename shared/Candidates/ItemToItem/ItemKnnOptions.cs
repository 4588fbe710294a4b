namespace Aisle.Candidates.ItemToItem;

/// <summary>How item neighbours by cosine are found.</summary>
public sealed record ItemKnnOptions
{
    /// <summary>How many neighbours each item keeps; positive, default 200.</summary>
    public int Neighbours { get; init; } = 200;

    /// <summary>Added to the product of the lengths, so that a few common users do not make a similarity; not
    /// negative, default 20.</summary>
    public double Shrinkage { get; init; } = 20;

    /// <summary>How many threads; default 0, one for each processor.</summary>
    public int DegreeOfParallelism { get; init; }
}
