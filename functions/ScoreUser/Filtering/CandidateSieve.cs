using Aisle.ScoreUser.Finding;

namespace Aisle.ScoreUser.Filtering;

/// <summary>The hard filters: lets through what may be shown. It comes before weights and diversity, so that no
/// filter thins a finished slate.</summary>
internal static class CandidateSieve
{
    /// <summary>The candidates that are left, in the order in which they came.</summary>
    public static PlacedItem[] Sift(CandidatePool pool, EligibleItems eligible)
    {
        PlacedItem[] kept = new PlacedItem[pool.Items.Count];
        int count = 0;
        for (int place = 0; place < kept.Length; place++)
        {
            if (eligible.MayShow(pool.Items[place].Item))
            {
                kept[count++] = pool.Items[place];
            }
        }

        return count == kept.Length ? kept : kept[..count];
    }
}
