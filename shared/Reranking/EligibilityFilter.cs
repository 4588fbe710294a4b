using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.Reranking;

/// <summary>Decides whether a product may be shown at all. Comes before scores and diversity, so that no filter
/// thins a finished list.</summary>
/// <param name="filter">What the request allows.</param>
public sealed class EligibilityFilter(SlateFilter filter)
{
    private readonly bool _looksAtAttributes = filter.Categories.Count + filter.ExcludedCategories.Count + filter.Brands.Count + filter.ExcludedBrands.Count
        + filter.Tags.Count + filter.ExcludedTags.Count > 0 || filter.MinPriceMinor is not null || filter.MaxPriceMinor is not null;

    /// <summary>Judges one product.</summary>
    /// <param name="product">As the model knows it.</param>
    /// <param name="availability">What changed since; null when nothing did.</param>
    /// <returns>Why it may not be shown, or null when it may.</returns>
    public FilterReason? Reject(Product product, Availability? availability)
    {
        ArgumentNullException.ThrowIfNull(product);
        return RejectStock(availability?.InStock ?? product.InStock, availability is { Deleted: true }) ?? RejectNamed(product) ?? RejectAttributes(product, availability);
    }

    /// <summary>The first test: whether it can be bought.</summary>
    public FilterReason? RejectStock(bool isInStock, bool isGone) =>
        isGone ? FilterReason.Gone : filter.InStockOnly && !isInStock ? FilterReason.OutOfStock : null;

    /// <summary>The second: whether the request, the merchandisers or the shopper's purchases name it.</summary>
    public FilterReason? RejectNamed(Product product)
    {
        ArgumentNullException.ThrowIfNull(product);
        return filter.Blocked.Contains(product.Id) ? FilterReason.Blocked
            : filter.InContext.Contains(product.Id) ? FilterReason.InContext
            : filter.Excluded.Contains(product.Id) ? FilterReason.Excluded
            : IsOwned(product) ? FilterReason.Purchased
            : null;
    }

    /// <summary>The last: what the product is and costs.</summary>
    public FilterReason? RejectAttributes(Product product, Availability? availability)
    {
        ArgumentNullException.ThrowIfNull(product);
        return !_looksAtAttributes ? null
            : !Fits(filter.Categories, filter.ExcludedCategories, product.Category, product.Subcategory) ? FilterReason.Category
            : !Fits(filter.Brands, filter.ExcludedBrands, product.Brand) ? FilterReason.Brand
            : !FitsTags(product) ? FilterReason.Tag
            : !FitsPrice(availability?.PriceMinor ?? product.PriceMinor) ? FilterReason.Price
            : null;
    }

    /// <summary>The products that the second test may refuse, for a caller who wants to look them up by index.</summary>
    public IEnumerable<ProductId> Named => filter.Blocked.Concat(filter.InContext).Concat(filter.Excluded).Concat(filter.Purchased);

    /// <summary>Whether the last test can refuse anything.</summary>
    public bool LooksAtAttributes => _looksAtAttributes;

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
