namespace Aisle.Statistics.Quantiles;

/// <summary>An arm's sums after its users' values were capped.</summary>
/// <param name="Count">Users.</param>
/// <param name="Sum">Σx.</param>
/// <param name="SumOfSquares">Σx².</param>
/// <param name="Capped">How many values were changed.</param>
public sealed record CappedArm(long Count, double Sum, double SumOfSquares, long Capped);
