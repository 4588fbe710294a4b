namespace Aisle.Ports;

/// <summary>A store cannot remove a person's newest rows yet. What could be removed is gone; the rest is to be
/// removed by erasing again later.</summary>
/// <param name="message">Which rows, and why not yet.</param>
/// <param name="retryAfter">After how long the store will remove them, positive.</param>
/// <param name="inner">What the store said.</param>
public sealed class ErasureDeferredException(string message, TimeSpan retryAfter, Exception? inner) : Exception(message, inner)
{
    /// <summary>After how long erasing again will succeed.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
