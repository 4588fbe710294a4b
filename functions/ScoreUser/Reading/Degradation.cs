namespace Aisle.ScoreUser.Reading;

/// <summary>A part of the pipeline that a slate had to do without.</summary>
/// <param name="Stage">Which, such as <c>profile</c>.</param>
/// <param name="Reason">Why, such as <c>late</c>.</param>
public sealed record Degradation(string Stage, string Reason);
