using Aisle.Candidates;
using Aisle.Candidates.Shoppers;

namespace Aisle.Reranking;

/// <summary>The categories that a shopper is interested in, judged by what they touched.</summary>
/// <param name="Primary">The strongest; null when nothing is known.</param>
/// <param name="Secondary">The next ones, strongest first.</param>
/// <param name="Touched">All that were touched; a surprise comes from outside.</param>
public sealed record ShopperInterests(string? Primary, IReadOnlyList<string> Secondary, IReadOnlySet<string> Touched)
{
    private const int SecondaryCount = 3;

    /// <summary>Nothing is known.</summary>
    public static ShopperInterests None { get; } = new(null, [], new HashSet<string>());

    /// <summary>Sums the weights of what was touched by category; ties go to the category that sorts first.</summary>
    public static ShopperInterests Of(ShopperHistory history, ModelBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(bundle);
        string[] ranked = [.. history.Touched
            .Select(touched => (touched.Weight, bundle.Find(touched.Product)?.Category))
            .Where(touched => touched.Category is not null)
            .GroupBy(touched => touched.Category!, StringComparer.Ordinal)
            .OrderByDescending(group => group.Sum(touched => touched.Weight)).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key)];
        return ranked.Length == 0
            ? None
            : new ShopperInterests(ranked[0], [.. ranked.Skip(1).Take(SecondaryCount)], ranked.ToHashSet(StringComparer.Ordinal));
    }
}
