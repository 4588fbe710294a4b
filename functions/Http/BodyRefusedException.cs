namespace Aisle.Http;

/// <summary>A body that cannot even be read: too large, not decompressible, not JSON. The route table answers with its problem.</summary>
/// <param name="problem">What to answer.</param>
public sealed class BodyRefusedException(Problem problem) : Exception(problem.Title)
{
    /// <summary>What to answer.</summary>
    public Problem Problem { get; } = problem;
}
