namespace Aisle.RetrainTrigger.Drift;

/// <summary>One figure of a day beside the same of the days before.</summary>
/// <param name="Kind">A stable word, which alerts carry too, such as <c>drift_scores</c> or <c>clicks_home</c>.</param>
/// <param name="Value">The stability index, or the day's click rate; null when there is too little to say.</param>
/// <param name="Before">The click rate of the days before; null for an index.</param>
/// <param name="Limit">From where on (an index) or below which (a rate) it counts; null when there is too little to say.</param>
/// <param name="IsDrifted">Whether it counts.</param>
/// <param name="Message">What was found, and what to do when it counts.</param>
public sealed record DriftFinding(string Kind, double? Value, double? Before, double? Limit, bool IsDrifted, string Message);
