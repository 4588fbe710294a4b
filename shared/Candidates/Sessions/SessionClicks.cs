namespace Aisle.Candidates.Sessions;

/// <summary>What one past session touched.</summary>
/// <param name="Items">Item indexes in order, repeats included; at least one.</param>
/// <param name="EndedAt">When it ended.</param>
public sealed record SessionClicks(IReadOnlyList<int> Items, DateTimeOffset EndedAt);
