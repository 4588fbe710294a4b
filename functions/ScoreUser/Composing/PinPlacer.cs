using Aisle.Candidates;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Reranking;
using Aisle.Reranking.Rules;
using Aisle.ScoreUser.Filtering;
using Aisle.ScoreUser.Finding;

namespace Aisle.ScoreUser.Composing;

/// <summary>The pins: which product merchandisers put at which position. A product that a filter removes is not pinned.</summary>
internal static class PinPlacer
{
    /// <summary>The pins of a slate; empty when no rule pins.</summary>
    /// <param name="scene">The rules and the length of the slate.</param>
    /// <param name="pool">Where nothing may be added, only its products are pinned.</param>
    /// <param name="eligible">What may be shown.</param>
    /// <param name="mayAdd">Whether products may be shown that the shelf did not offer itself.</param>
    public static Pin[] Place(Scene scene, CandidatePool pool, EligibleItems eligible, bool mayAdd)
    {
        if (scene.Rules.None)
        {
            return [];
        }

        ModelBundle bundle = scene.Model.Bundle;
        Product? Find(ProductId product) =>
            bundle.Items.TryGetIndex(product, out int item) && eligible.MayShow(item) && (mayAdd || pool.Items.Any(placed => placed.Item == item)) ? bundle.Products[item] : null;
        IReadOnlyList<RulePin> pins = scene.Rules.Pins(scene.Request.Limit, Find);
        scene.Trace?.Pin(pins);
        return [.. pins.Select(pin => new Pin(pin.Position, Candidate(bundle, pin.Product)))];
    }

    private static SlateCandidate Candidate(ModelBundle bundle, Product product) =>
        new(bundle.Items.TryGetIndex(product.Id, out int item) ? item : throw new InvalidOperationException("A pin was found in another model."), 0, product.Category, product.Brand);
}
