namespace Aisle.Candidates.ItemToItem;

/// <summary>Turns an option into what parallel loops take.</summary>
internal static class Parallelism
{
    /// <summary>0 means one thread for each processor.</summary>
    public static ParallelOptions Of(int degree, CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = degree == 0 ? Environment.ProcessorCount : degree, CancellationToken = cancellationToken };
}
