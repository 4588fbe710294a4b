using Aisle.Candidates.Lists;
using Aisle.Events.Features;

namespace Aisle.ScoreUser.Reading;

/// <summary>What the two reads of a request brought.</summary>
/// <param name="Profile">The session features; null when there are none, they expired, or the store failed.</param>
/// <param name="List">The precomputed list; null when there is none or the store failed.</param>
/// <param name="Degradations">What failed.</param>
public sealed record Shopper(ShopperProfile? Profile, CandidateList? List, IReadOnlyList<Degradation> Degradations)
{
    /// <summary>Nobody we know.</summary>
    public static Shopper Stranger { get; } = new(null, null, []);
}
