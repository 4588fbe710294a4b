using Aisle.Candidates.Reasons;
using Aisle.Catalogue;
using Aisle.Numerics;
using Aisle.Reranking;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Explaining;
using Aisle.ScoreUser.Filtering;
using Aisle.ScoreUser.Finding;
using Aisle.ScoreUser.Reading;
using Aisle.ScoreUser.Serving;
using Aisle.ScoreUser.Weighing;

namespace Aisle.ScoreUser.Composing;

/// <summary>From candidates to a slate: hard filters → weights → pins, policy, caps, back-fill, floors, exploration → invariants → reasons.
/// Each step is a type of its own.</summary>
/// <param name="inputs">Lays out what the composer works on.</param>
public sealed class SlateAssembler(SlateInputs inputs)
{
    private const double LeastForDiversity = 0.25;

    private static readonly Degradation NoDiversity = new("diversity", "left out for lack of time");

    /// <summary>What the request may show.</summary>
    public static EligibleItems Eligible(Scene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return new EligibleItems(scene.View, SceneFilter.Of(scene), scene.Rules);
    }

    /// <summary>Makes the slate.</summary>
    /// <param name="scene">What it follows from.</param>
    /// <param name="pool">The candidates, before the filters.</param>
    /// <param name="eligible">What may be shown, with prices and stock of now.</param>
    /// <param name="seed">The request's chance.</param>
    /// <param name="mayBackFill">Whether popularity fills up; not where only the caller's or the shopper's own products belong.</param>
    public AssembledSlate Assemble(Scene scene, CandidatePool pool, EligibleItems eligible, ulong seed, bool mayBackFill)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(eligible);
        PlacedItem[] candidates = CandidateSieve.Sift(pool, eligible);
        scene.Trace?.Filter(pool, eligible);
        CandidateWeigher.Weigh(scene, candidates, pool.IsPersonal);
        bool isLate = pool.IsPersonal && scene.Budget.IsBelow(LeastForDiversity);
        ComposeOptions compose = OptionsFor(scene, pool, isLate);
        SlateInput input = inputs.Of(scene, pool, candidates, eligible, compose, mayBackFill);
        List<CompositionStep>? steps = scene.Trace is null ? null : [];
        (IReadOnlyList<ComposedItem> composed, Degradation? broken) =
            SlateInvariants.Keep(scene.Model.Composer.Compose(input, compose, new SeededRandom(seed), steps), eligible);
        SlateReasons reasons = SlateReasons.Of(scene, pool, composed, candidates);
        scene.Trace?.Compose(compose, input.Candidates.Count, composed, steps!);
        return new AssembledSlate(
            Positions(scene.Model, composed),
            Show(scene.Model, composed, reasons.Reasons, eligible),
            candidates.Length,
            composed.Any(item => item.Slot == SlotKind.BackFill),
            Shortfall(scene, pool, eligible, mayBackFill, composed))
        {
            Degradations = isLate || reasons.Fault is not null || broken is not null
                ? [.. new[] { isLate ? NoDiversity : null, reasons.Fault, broken }.OfType<Degradation>()]
                : [],
        };
    }

    private static ComposeOptions OptionsFor(Scene scene, CandidatePool pool, bool isLate)
    {
        ComposeOptions compose = pool.IsPersonal ? scene.Tuning.Compose : scene.Tuning.Shelf;
        compose = isLate ? compose with { Policy = SlatePolicy.MarginalRelevance, Lambda = 1 } : compose;
        compose = scene.Request.Caps.IsNone ? compose : compose with { Caps = compose.Caps.Below(scene.Request.Caps) };
        return scene.Request.Floors.IsNone ? compose : compose with { Floors = scene.Request.Floors };
    }

    /// <summary>Counts over the whole catalogue where it could fill up, else over what the shelf offered. A full slate is short only of what floors ask for.</summary>
    private static SlateShortfall? Shortfall(Scene scene, CandidatePool pool, EligibleItems eligible, bool mayBackFill, IReadOnlyList<ComposedItem> composed)
    {
        bool isFull = composed.Count >= scene.Request.Limit;
        IReadOnlyList<(string Reason, int Count)> unkept = scene.Request.Floors.IsNone ? []
            : UnkeptFloors.Of(scene.Request.Floors, [.. composed.Select(item => scene.Model.Bundle.Products[item.Item])]);
        if (isFull && unkept.Count == 0)
        {
            return null;
        }

        IReadOnlyCollection<int> items = mayBackFill ? scene.Model.ByPopularity : [.. pool.Items.Select(item => item.Item).Distinct()];
        (int count, IReadOnlyList<(string Reason, int Count)> removed) = eligible.Count(items);
        int missing = scene.Request.Limit - items.Count;
        return new SlateShortfall(scene.Request.Limit, count, isFull ? unkept : missing > 0 ? [.. removed, ("not_offered", missing), .. unkept] : [.. removed, .. unkept]);
    }

    private static SlateItem[] Positions(ServingModel model, IReadOnlyList<ComposedItem> composed)
    {
        SlateItem[] positions = new SlateItem[composed.Count];
        for (int index = 0; index < positions.Length; index++)
        {
            ComposedItem item = composed[index];
            positions[index] = new SlateItem(model.Bundle.Items[item.Item], index + 1, item.Score, item.Slot, item.Propensity);
        }

        return positions;
    }

    private static ShownProduct[] Show(ServingModel model, IReadOnlyList<ComposedItem> composed, IReadOnlyList<Reason> reasons, EligibleItems eligible)
    {
        ShownProduct[] shown = new ShownProduct[composed.Count];
        for (int index = 0; index < shown.Length; index++)
        {
            Product product = model.Bundle.Products[composed[index].Item];
            Availability? change = eligible.ChangeOf(composed[index].Item);
            string? title = reasons[index].Product is { } because ? model.Bundle.Find(because)?.Title ?? because.Value : null;
            shown[index] = new ShownProduct(
                product, change is null ? product.PriceMinor : change.PriceMinor, change is null ? product.Currency : change.Currency, reasons[index], title);
        }

        return shown;
    }
}
