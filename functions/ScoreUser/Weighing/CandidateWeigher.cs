using Aisle.Catalogue;
using Aisle.Reranking;
using Aisle.ScoreUser.Finding;

namespace Aisle.ScoreUser.Weighing;

/// <summary>Weighs what passed the filters: boosts and buries of the merchandisers, and how well the price fits the shopper.</summary>
internal static class CandidateWeigher
{
    /// <summary>Multiplies each score by its factors and brings the candidates into the new order; equal scores keep theirs.</summary>
    /// <param name="scene">The rules and the shopper's own price.</param>
    /// <param name="kept">Best first; rewritten.</param>
    /// <param name="isPersonal">Whether it is the shopper's own mix.</param>
    public static void Weigh(Scene scene, PlacedItem[] kept, bool isPersonal)
    {
        double bound = isPersonal ? scene.Tuning.PriceFit : scene.Tuning.ShelfPriceFit;
        double own = bound > 0 && scene.Shopper.Profile?.AveragePriceMinor is > 0 and { } price ? price : 0;
        if (!scene.Rules.Weigh && own <= 0)
        {
            return;
        }

        float[] order = new float[kept.Length];
        for (int index = 0; index < kept.Length; index++)
        {
            Product product = scene.Model.Bundle.Products[kept[index].Item];
            List<string>? fired = scene.Trace is null ? null : [];
            double byRules = scene.Rules.Weigh ? scene.Rules.FactorOf(product, fired) : 1;
            double byPrice = own > 0 ? PriceFit.Factor(scene.View.PriceOf(kept[index].Item), own, bound) : 1;
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
