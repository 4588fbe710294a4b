namespace Aisle.Statistics.Calibration;

/// <summary>How often and how strictly tests are tried where there is nothing to find.</summary>
public sealed record AaOptions
{
    /// <summary>How many salts. Default 1,000; positive.</summary>
    public int Splits { get; init; } = 1000;

    /// <summary>The error that the tests promise. Default 0.05; in (0, 1).</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>The chance to accuse a test that keeps its promise. Default 0.001; in (0, 1).</summary>
    public double Suspicion { get; init; } = 0.001;

    /// <summary>Threads at once; −1 for all. The result does not depend on it. Default −1.</summary>
    public int DegreeOfParallelism { get; init; } = -1;
}
