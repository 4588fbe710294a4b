using Aisle.Events;

namespace Aisle.RetrainTrigger.Gate;

/// <summary>What two models show one shopper.</summary>
/// <param name="User">Who; null for a nameless shopper.</param>
/// <param name="Before">The serving model's slate.</param>
/// <param name="After">The new model's.</param>
internal sealed record ShadowPair(UserId? User, ShadowSlate Before, ShadowSlate After)
{
    /// <summary>The part of the first k places that both fill with the same products; 1 when neither shows anything.</summary>
    public double Overlap(int k)
    {
        int places = Math.Min(k, Math.Max(Before.Ids.Length, After.Ids.Length));
        return places == 0 ? 1 : (double)Before.Ids.Intersect(After.Ids).Count() / places;
    }
}
