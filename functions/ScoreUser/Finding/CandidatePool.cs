using Aisle.ScoreUser.Reading;

namespace Aisle.ScoreUser.Finding;

/// <summary>What a surface offers one request, before the filters.</summary>
/// <param name="Strategy">How it was found, such as <c>full_hybrid</c> or <c>similar</c>.</param>
/// <param name="Items">Best first, no item twice.</param>
/// <param name="IsPersonal">Whether diversity and exploration apply; other surfaces keep their order.</param>
public sealed record CandidatePool(string Strategy, IReadOnlyList<PlacedItem> Items, bool IsPersonal)
{
    /// <summary>Where they come from: the precomputed <c>list</c>, the <c>live</c> sources, <c>popularity</c> for
    /// lack of time, or a <c>shelf</c>.</summary>
    public string From { get; init; } = "shelf";

    /// <summary>What finding them had to do without.</summary>
    public IReadOnlyList<Degradation> Degradations { get; init; } = [];
}
