using Aisle.Reranking;

namespace Aisle.Ports;

/// <summary>What was shown, position by position, with its propensities.</summary>
public interface ISlateLog
{
    /// <summary>Appends slates; at least once, and readers count a slate id once.</summary>
    Task AppendAsync(IReadOnlyList<Slate> slates, CancellationToken cancellationToken);
}
