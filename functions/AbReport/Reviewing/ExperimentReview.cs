namespace Aisle.AbReport.Reviewing;

/// <summary>One look at all experiments.</summary>
/// <param name="ReviewedAt">When.</param>
/// <param name="Experiments">Those that were due, ordered by key.</param>
public sealed record ExperimentReview(DateTimeOffset ReviewedAt, IReadOnlyList<ReviewedExperiment> Experiments);
