namespace Aisle.IngestEvent.Delivery;

/// <summary>How the worker pumps the queue.</summary>
public sealed record IngestWorkerOptions
{
    /// <summary>The most messages of one batch. Default 20,000: when the worker is behind, the events of one shopper in a batch
    /// share one change of the document.</summary>
    public int BatchSize { get; init; } = 20_000;

    /// <summary>How long a batch may take before its messages come again. Default 60 s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long messages gather while fewer than a full batch wait: a bound on the delay from acceptance
    /// to visibility. Default 25 ms.</summary>
    public TimeSpan IdleDelay { get; init; } = TimeSpan.FromMilliseconds(25);

    /// <summary>The longest wait after repeated store faults. Default 10 s.</summary>
    public TimeSpan MaxFaultDelay { get; init; } = TimeSpan.FromSeconds(10);
}
