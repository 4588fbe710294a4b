using Aisle.Reranking;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Filtering;
using Aisle.ScoreUser.Reading;

namespace Aisle.ScoreUser.Composing;

/// <summary>A composed slate with its products.</summary>
/// <param name="Items">The positions.</param>
/// <param name="Products">The products of the positions.</param>
/// <param name="EligibleCount">How many candidates passed the filters.</param>
/// <param name="HasBackFill">Whether popularity had to fill up.</param>
/// <param name="Shortfall">Why it is short; null when it is not.</param>
public sealed record AssembledSlate(
    IReadOnlyList<SlateItem> Items, IReadOnlyList<ShownProduct> Products, int EligibleCount, bool HasBackFill, SlateShortfall? Shortfall)
{
    /// <summary>What was left out for lack of time.</summary>
    public IReadOnlyList<Degradation> Degradations { get; init; } = [];
}
