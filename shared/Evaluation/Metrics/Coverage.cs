namespace Aisle.Evaluation.Metrics;

/// <summary>Catalogue coverage: which share of the catalogue at least one slate showed, beside what so few places
/// could show at most.</summary>
/// <param name="Shown">How many different items were shown.</param>
/// <param name="CatalogueSize">How many items could have been shown, for example those sold in training.</param>
/// <param name="Places">How many places all slates had together.</param>
public sealed record Coverage(int Shown, int CatalogueSize, long Places)
{
    /// <summary>Shown / catalogue, in [0, 1]; null for an empty catalogue.</summary>
    public double? Share => CatalogueSize == 0 ? null : (double)Shown / CatalogueSize;

    /// <summary>The most that any recommender could reach with this many places, in [0, 1]; null for an empty catalogue.</summary>
    public double? Ceiling => CatalogueSize == 0 ? null : Math.Min(1, (double)Places / CatalogueSize);

    /// <summary>Counts how often each item was shown and sums up.</summary>
    /// <param name="exposures">For each item of the catalogue, how many slates showed it; no entry negative.</param>
    /// <param name="places">How many places all slates had together, filled or not.</param>
    public static Coverage Of(ReadOnlySpan<int> exposures, long places)
    {
        int shown = 0;
        foreach (int exposure in exposures)
        {
            shown += exposure > 0 ? 1 : 0;
        }

        return new Coverage(shown, exposures.Length, places);
    }
}
