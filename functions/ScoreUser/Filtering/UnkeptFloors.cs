using Aisle.Catalogue;
using Aisle.Reranking;

namespace Aisle.ScoreUser.Filtering;

/// <summary>Tells which floors of a request its slate does not keep: too few products of the kind may be shown, or caps and pins leave no room.</summary>
internal static class UnkeptFloors
{
    /// <summary>How many products are missing, by floor: <c>min_per_category:Garden</c>, then brands, each by name; empty when all are kept.</summary>
    /// <param name="floors">What was asked for.</param>
    /// <param name="shown">What the slate shows.</param>
    public static IReadOnlyList<(string Reason, int Count)> Of(SlateFloors floors, IReadOnlyCollection<Product> shown) => floors.IsNone
        ? []
        : [.. Missing("min_per_category", floors.Categories, shown, product => product.Category), .. Missing("min_per_brand", floors.Brands, shown, product => product.Brand)];

    private static IEnumerable<(string Reason, int Count)> Missing(
        string field, IReadOnlyDictionary<string, int> floors, IReadOnlyCollection<Product> shown, Func<Product, string?> kindOf) =>
        floors.OrderBy(floor => floor.Key, StringComparer.Ordinal)
            .Select(floor => ($"{field}:{floor.Key}", floor.Value - shown.Count(product => kindOf(product) == floor.Key)))
            .Where(missing => missing.Item2 > 0);
}
