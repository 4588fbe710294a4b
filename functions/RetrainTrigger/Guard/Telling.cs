namespace Aisle.RetrainTrigger.Guard;

/// <summary>An alert or its recovery that one instance has taken upon itself to tell.</summary>
/// <param name="Kind">Which alert.</param>
/// <param name="IsStale">Whether an episode begins; false when it ends.</param>
/// <param name="WasStale">Whether one was under way before; null when an instance died while telling, so that nobody knows what was told.</param>
/// <param name="Tag">The record's version, by which only this instance can end it.</param>
public sealed record Telling(string Kind, bool IsStale, bool? WasStale, string Tag);
