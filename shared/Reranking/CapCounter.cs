namespace Aisle.Reranking;

/// <summary>Counts what a slate shows of each kind, against its caps.</summary>
internal sealed class CapCounter(SlateCaps caps)
{
    private readonly Dictionary<string, int> _categories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _brands = new(StringComparer.Ordinal);

    /// <summary>Whether one more of this kind keeps the caps.</summary>
    public bool Fits(SlateCandidate candidate) =>
        IsBelow(_categories, candidate.Category, caps.MaxPerCategory) && IsBelow(_brands, candidate.Brand, caps.MaxPerBrand);

    /// <summary>Counts one.</summary>
    public void Add(SlateCandidate candidate)
    {
        Count(_categories, candidate.Category, caps.MaxPerCategory, 1);
        Count(_brands, candidate.Brand, caps.MaxPerBrand, 1);
    }

    /// <summary>Takes one back that was counted.</summary>
    public void Remove(SlateCandidate candidate)
    {
        Count(_categories, candidate.Category, caps.MaxPerCategory, -1);
        Count(_brands, candidate.Brand, caps.MaxPerBrand, -1);
    }

    private static bool IsBelow(Dictionary<string, int> counts, string? kind, int? most) =>
        most is null || kind is null || counts.GetValueOrDefault(kind) < most;

    private static void Count(Dictionary<string, int> counts, string? kind, int? most, int change)
    {
        if (most is not null && kind is not null)
        {
            counts[kind] = counts.GetValueOrDefault(kind) + change;
        }
    }
}
