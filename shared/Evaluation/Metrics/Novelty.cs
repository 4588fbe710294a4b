namespace Aisle.Evaluation.Metrics;

/// <summary>Novelty: how little known the shown items are, in bits; an item that half of all users have is worth
/// 1 bit, one in 1,024 is worth 10.</summary>
public static class Novelty
{
    /// <summary>The mean self-information of the first k items.</summary>
    /// <param name="slate">Item indexes, best first.</param>
    /// <param name="buyers">For each item, how many users had it in training; none counts as a half, so that novelty stays finite.</param>
    /// <param name="userCount">How many users there were in training, positive.</param>
    /// <param name="k">The cut, positive.</param>
    /// <returns>At least 0, or null for an empty slate.</returns>
    /// <remarks>Zhou and others (2010), "Solving the apparent diversity-accuracy dilemma": the mean of −log2(buyers / users).</remarks>
    public static double? AtK(ReadOnlySpan<int> slate, ReadOnlySpan<int> buyers, int userCount, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(userCount);
        ReadOnlySpan<int> cut = Hits.Cut(slate, k);
        double bits = 0;
        foreach (int item in cut)
        {
            bits += Math.Max(0, Math.Log2(userCount / Math.Max(buyers[item], 0.5)));
        }

        return cut.IsEmpty ? null : bits / cut.Length;
    }
}
