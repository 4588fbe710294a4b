namespace Aisle.Alerts;

/// <summary>An alert or its recovery that one instance has taken upon itself to tell.</summary>
/// <param name="Episode">Which alert, and of what.</param>
/// <param name="IsRaised">Whether an episode begins; false when it ends.</param>
/// <param name="WasRaised">Whether one was under way before; null when an instance died while telling, so that nobody knows what was told.</param>
/// <param name="Tag">The record's version, by which only this instance can end it.</param>
public sealed record Telling(string Episode, bool IsRaised, bool? WasRaised, string Tag);
