using Aisle.Candidates.Sessions;

namespace Aisle.Candidates;

/// <summary>How the shop's customers go about it, learnt by one step of training; it names none of them.</summary>
/// <param name="Sessions">Recent visits, oldest first: among them a live visit's nearest neighbours are sought.</param>
/// <param name="Reorders">After how long products are bought again.</param>
public sealed record ShopHabits(IReadOnlyList<SessionClicks> Sessions, ReorderIntervals Reorders)
{
    /// <summary>Nothing is known.</summary>
    public static ShopHabits None { get; } = new([], ReorderIntervals.None);
}
