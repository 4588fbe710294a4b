using Aisle.Reranking;
using Aisle.ScoreUser.Filtering;
using Aisle.ScoreUser.Reading;

namespace Aisle.ScoreUser.Composing;

/// <summary>What holds for every slate that leaves: no product twice, and nothing that a filter removes. The steps before it keep
/// both; this one makes sure of it.</summary>
internal static class SlateInvariants
{
    /// <summary>Named in the answer when a position had to be taken out: then a step before has an error.</summary>
    public static readonly Degradation Broken = new("invariants", "a product that may not be shown, or a repeated one, was taken out");

    /// <summary>The positions that may stay, in order, and whether all could.</summary>
    public static (IReadOnlyList<ComposedItem> Kept, Degradation? Fault) Keep(IReadOnlyList<ComposedItem> composed, EligibleItems eligible)
    {
        bool isWhole = true;
        for (int position = 0; position < composed.Count && isWhole; position++)
        {
            isWhole = MayStay(composed, position, eligible);
        }

        return isWhole ? (composed, null) : ([.. composed.Where((_, position) => MayStay(composed, position, eligible))], Broken);
    }

    private static bool MayStay(IReadOnlyList<ComposedItem> composed, int position, EligibleItems eligible)
    {
        int item = composed[position].Item;
        for (int earlier = 0; earlier < position; earlier++)
        {
            if (composed[earlier].Item == item)
            {
                return false;
            }
        }

        return eligible.MayShow(item);
    }
}
