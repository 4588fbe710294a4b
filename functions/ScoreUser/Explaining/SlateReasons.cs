using Aisle.Candidates.Lists;
using Aisle.Candidates.Reasons;
using Aisle.Events;
using Aisle.Reranking;
using Aisle.ScoreUser.Finding;
using Aisle.ScoreUser.Reading;

namespace Aisle.ScoreUser.Explaining;

/// <summary>Why each position is shown.</summary>
/// <param name="Reasons">One for each position.</param>
/// <param name="Fault">Set when there was no time to ask.</param>
internal sealed record SlateReasons(IReadOnlyList<Reason> Reasons, Degradation? Fault)
{
    private const double LeastForReasons = 0.1;

    private static readonly Reason Popular = new(ReasonCode.Popular, null, null);
    private static readonly Reason Featured = new(ReasonCode.Featured, null, null);
    private static readonly Reason NewArrival = new(ReasonCode.NewArrival, null, null);
    private static readonly Degradation NoReasons = new("reasons", "left out for lack of time");

    /// <summary>The reasons of a composed slate: on a shelf that hangs on something, that; else what contributed most.</summary>
    public static SlateReasons Of(Scene scene, CandidatePool pool, IReadOnlyList<ComposedItem> composed, PlacedItem[] candidates)
    {
        if (SharedBy(scene.Request.Product, pool.Strategy) is { } shared)
        {
            return new SlateReasons([.. composed.Select(item => item.Slot switch
            {
                SlotKind.Pinned => Featured,
                SlotKind.Exploration => NewArrival,
                _ => SourceOf(candidates, item.Item) is null ? Popular : shared,
            })], null);
        }

        if (scene.Budget.IsBelow(LeastForReasons))
        {
            return new SlateReasons([.. composed.Select(item => item.Slot == SlotKind.Pinned ? Featured : Popular)], NoReasons);
        }

        IReadOnlyList<Reason> found = scene.Model.ReasonsWith(scene.Tuning.Hybrid).Find(scene.History, Shown(composed, candidates), scene.Now);
        return new SlateReasons(composed.Any(item => item.Slot == SlotKind.Pinned)
            ? [.. composed.Select((item, index) => item.Slot == SlotKind.Pinned ? Featured : found[index])]
            : found, null);
    }

    private static ShownItem[] Shown(IReadOnlyList<ComposedItem> composed, PlacedItem[] candidates)
    {
        ShownItem[] shown = new ShownItem[composed.Count];
        for (int index = 0; index < shown.Length; index++)
        {
            shown[index] = new ShownItem(composed[index].Item, SourceOf(candidates, composed[index].Item) ?? CandidateSource.Popularity);
        }

        return shown;
    }

    private static Reason? SharedBy(ProductId? context, string strategy) => strategy switch
    {
        "similar" => new Reason(ReasonCode.SimilarTo, context, null),
        "bought_together" => new Reason(ReasonCode.BoughtTogetherWith, context, null),
        "trending" => new Reason(ReasonCode.Trending, null, null),
        "new" => new Reason(ReasonCode.NewArrival, null, null),
        "recently_viewed" => new Reason(ReasonCode.RecentlyViewed, null, null),
        _ => null,
    };

    private static CandidateSource? SourceOf(PlacedItem[] candidates, int item)
    {
        foreach (PlacedItem candidate in candidates)
        {
            if (candidate.Item == item)
            {
                return candidate.Source;
            }
        }

        return null;
    }
}
