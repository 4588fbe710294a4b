namespace Aisle.Benchmarks.Ranking;

/// <summary>One setting of a model and the values that a search tries.</summary>
/// <param name="Name">As it is printed.</param>
/// <param name="Values">Ascending.</param>
/// <param name="Default">Which of them is used without a search.</param>
internal sealed record Axis(string Name, double[] Values, double Default);
