namespace Aisle.Ports;

/// <summary>A store cannot take or give anything now (full, locked, overloaded). Nothing of the call was kept, so it can be repeated: an
/// endpoint answers 503 with the remedy, a worker waits.</summary>
/// <param name="problem">What is wrong and what to do about it, in sentences for an operator.</param>
/// <param name="retryAfter">When it is worth trying again.</param>
/// <param name="cause">The engine's own complaint; null when the adapter itself refused.</param>
public sealed class StoreUnavailableException(string problem, TimeSpan retryAfter, Exception? cause) : Exception(problem, cause)
{
    /// <summary>When it is worth trying again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
