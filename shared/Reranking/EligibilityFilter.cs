using Aisle.Catalogue;

namespace Aisle.Reranking;

/// <summary>Decides whether a product may be shown at all. Comes before scores and diversity, so that no filter thins a finished list.</summary>
/// <param name="filter">What the request allows.</param>
public sealed class EligibilityFilter(SlateFilter filter)
{
    /// <summary>Judges one product.</summary>
    /// <param name="product">As the model knows it.</param>
    /// <param name="availability">What changed since; null when nothing did.</param>
    /// <returns>Why it may not be shown, or null when it may.</returns>
    public FilterReason? Reject(Product product, Availability? availability)
    {
        ArgumentNullException.ThrowIfNull(product);
        return availability is { Deleted: true } ? FilterReason.Gone
            : filter.InStockOnly && !(availability?.InStock ?? product.InStock) ? FilterReason.OutOfStock
            : filter.Blocked.Contains(product.Id) ? FilterReason.Blocked
            : filter.InContext.Contains(product.Id) ? FilterReason.InContext
            : filter.Excluded.Contains(product.Id) ? FilterReason.Excluded
            : IsOwned(product) ? FilterReason.Purchased
            : !Fits(filter.Categories, filter.ExcludedCategories, product.Category, product.Subcategory) ? FilterReason.Category
            : !Fits(filter.Brands, filter.ExcludedBrands, product.Brand) ? FilterReason.Brand
            : !FitsTags(product) ? FilterReason.Tag
            : !FitsPrice(availability?.PriceMinor ?? product.PriceMinor) ? FilterReason.Price
            : null;
    }

    private bool IsOwned(Product product) => filter.Purchased.Contains(product.Id)
        && !(product.Category is { } category && filter.RepeatPurchaseCategories.Contains(category));

    private bool FitsTags(Product product) => (filter.Tags.Count == 0 && filter.ExcludedTags.Count == 0)
        || Fits(filter.Tags, filter.ExcludedTags, [.. product.Tags]);

    /// <summary>One of the names is wanted, or nothing particular is; and none is excluded.</summary>
    private static bool Fits(IReadOnlySet<string> wanted, IReadOnlySet<string> excluded, params ReadOnlySpan<string?> names)
    {
        bool fits = wanted.Count == 0;
        foreach (string? name in names)
        {
            if (name is not null && excluded.Contains(name))
            {
                return false;
            }

            fits |= name is not null && wanted.Contains(name);
        }

        return fits;
    }

    private bool FitsPrice(long? price) => (filter.MinPriceMinor is null || price >= filter.MinPriceMinor)
        && (filter.MaxPriceMinor is null || price <= filter.MaxPriceMinor);
}
