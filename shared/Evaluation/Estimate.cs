namespace Aisle.Evaluation;

/// <summary>A metric's mean over users with what chance allows.</summary>
/// <param name="Value">The mean, or the value itself when the metric is of all slates together.</param>
/// <param name="Low">Lower end of the 95 % bootstrap interval over users; null when the metric is of all slates together.</param>
/// <param name="High">Upper end; null together with <paramref name="Low"/>.</param>
/// <param name="Users">How many users have the metric.</param>
public sealed record Estimate(double Value, double? Low, double? High, int Users);
