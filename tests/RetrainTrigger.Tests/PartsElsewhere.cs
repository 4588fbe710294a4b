using Aisle.Candidates.Hybrid;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;

namespace Aisle.RetrainTrigger.Tests;

/// <summary>Forty parts, of which so many are left after each call; refuses when it is asked once too often.</summary>
internal sealed class PartsElsewhere(IReadOnlyList<long> left) : IListWriter
{
    public List<(string Version, DateTimeOffset AsOf)> Calls { get; } = [];

    public List<HybridWeights?> Weights { get; } = [];

    public Task<ListProgress> AdvanceAsync(string modelVersion, DateTimeOffset asOf, HybridWeights? weights, CancellationToken cancellationToken)
    {
        Calls.Add((modelVersion, asOf));
        Weights.Add(weights);
        return Calls.Count > left.Count
            ? Task.FromException<ListProgress>(new RunFailedException("No reservation."))
            : Task.FromResult(new ListProgress(40 - left[Calls.Count - 1], left[Calls.Count - 1]));
    }
}
