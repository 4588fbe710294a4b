namespace Aisle.Statistics.Calibration;

/// <summary>How often an interval held the truth in simulated experiments.</summary>
/// <param name="Name">Which interval.</param>
/// <param name="Distribution">On which users.</param>
/// <param name="Covered">Truth inside.</param>
/// <param name="TooLow">Truth above the interval.</param>
/// <param name="TooHigh">Truth below the interval.</param>
/// <param name="IsPromised">Whether it must cover within the binomial error; false where the true coverage is only shown.</param>
public sealed record IntervalCoverage(string Name, string Distribution, BinomialRate Covered, BinomialRate TooLow, BinomialRate TooHigh, bool IsPromised);
