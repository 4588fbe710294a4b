using Aisle.Catalogue;
using Aisle.Reranking;
using Aisle.ScoreUser.Filtering;
using Aisle.ScoreUser.Finding;

namespace Aisle.ScoreUser.Weighing;

/// <summary>Lets through what may be shown, and weighs it: boosts and buries of the merchandisers, and how well the price fits the shopper.</summary>
internal static class CandidateSieve
{
    /// <summary>The candidates that are left, best first.</summary>
    public static PlacedItem[] Sift(Scene scene, CandidatePool pool, EligibleItems eligible)
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

        scene.Trace?.Filter(pool, eligible);
        Array.Resize(ref kept, count);
        double? own = pool.IsPersonal && scene.Variants.PriceFit > 0 ? scene.Shopper.Profile?.AveragePriceMinor : null;
        if (scene.Rules.Weigh || own is > 0)
        {
            Weigh(scene, kept, own ?? 0);
        }

        return kept;
    }

    private static void Weigh(Scene scene, PlacedItem[] kept, double own)
    {
        float[] order = new float[kept.Length];
        for (int index = 0; index < kept.Length; index++)
        {
            Product product = scene.Model.Bundle.Products[kept[index].Item];
            List<string>? fired = scene.Trace is null ? null : [];
            double byRules = scene.Rules.Weigh ? scene.Rules.FactorOf(product, fired) : 1;
            double byPrice = own > 0 ? PriceFit.Factor(scene.View.PriceOf(kept[index].Item), own, scene.Variants.PriceFit) : 1;
            kept[index] = kept[index] with { Score = (float)(kept[index].Score * byRules * byPrice) };
            order[index] = -kept[index].Score;
            scene.Trace?.Weigh(kept[index].Item, byRules, byPrice, fired);
        }

        Sort(order, kept);
    }

    /// <summary>Stable: equal scores keep their order.</summary>
    private static void Sort(float[] keys, PlacedItem[] items)
    {
        for (int next = 1; next < items.Length; next++)
        {
            (float key, PlacedItem item) = (keys[next], items[next]);
            int place = next;
            for (; place > 0 && keys[place - 1] > key; place--)
            {
                (keys[place], items[place]) = (keys[place - 1], items[place - 1]);
            }

            (keys[place], items[place]) = (key, item);
        }
    }
}
