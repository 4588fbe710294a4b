using Aisle.ScoreUser.Finding;

namespace Aisle.ScoreUser.Filtering;

/// <summary>The hard filters: lets through what may be shown. It comes before weights and diversity, so that no filter thins a finished slate.</summary>
internal static class CandidateSieve
{
    /// <summary>The candidates that are left, in the order in which they came.</summary>
    public static PlacedItem[] Sift(CandidatePool pool, EligibleItems eligible)
    {
        PlacedItem[] kept = new PlacedItem[pool.Items.Count];
        int count = 0;
        foreach (PlacedItem placed in pool.Items)
        {
            if (eligible.MayShow(placed.Item))
            {
                kept[count++] = placed;
            }
        }

        Array.Resize(ref kept, count);
        return kept;
    }
}
