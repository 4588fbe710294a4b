namespace Aisle.Reranking;

/// <summary>How many products of a kind a slate shows at least, as far as there are any that may be shown.</summary>
/// <param name="Categories">The least number by category, each at least 1.</param>
/// <param name="Brands">The least number by brand, each at least 1.</param>
public sealed record SlateFloors(IReadOnlyDictionary<string, int> Categories, IReadOnlyDictionary<string, int> Brands)
{
    /// <summary>No floor.</summary>
    public static SlateFloors None { get; } = new(new Dictionary<string, int>(), new Dictionary<string, int>());

    /// <summary>Whether nothing is asked for.</summary>
    public bool IsNone => Categories.Count == 0 && Brands.Count == 0;

    /// <summary>Whether a floor asks for products of this category or brand.</summary>
    public bool AsksFor(SlateCandidate candidate) =>
        (candidate.Category is { } category && Categories.ContainsKey(category)) || (candidate.Brand is { } brand && Brands.ContainsKey(brand));

    /// <summary>Refuses floors that ask for nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A floor is below 1.</exception>
    public void Validate()
    {
        if (Categories.Values.Any(least => least < 1) || Brands.Values.Any(least => least < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Categories), "A floor is at least 1; leave it out for none.");
        }
    }
}
