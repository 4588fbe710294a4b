using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Reranking;

namespace Aisle.Tests.Reranking;

public sealed class EligibilityFilterTests
{
    private static readonly Product Mug = new()
    {
        Id = new ProductId("mug"),
        Category = "Kitchen",
        Subcategory = "Cups",
        Brand = "Acme",
        PriceMinor = 900,
        Currency = "EUR",
        Tags = ["red", "gift"],
    };

    public static TheoryData<SlateFilter, FilterReason?> Filters { get; } = new()
    {
        { new SlateFilter(), null },
        { new SlateFilter { Blocked = Ids("mug") }, FilterReason.Blocked },
        { new SlateFilter { InContext = Ids("mug") }, FilterReason.InContext },
        { new SlateFilter { Excluded = Ids("mug") }, FilterReason.Excluded },
        { new SlateFilter { Excluded = Ids("jug") }, null },
        { new SlateFilter { Purchased = Ids("mug") }, FilterReason.Purchased },
        { new SlateFilter { Purchased = Ids("mug"), RepeatPurchaseCategories = Names("Kitchen") }, null },
        { new SlateFilter { Categories = Names("Kitchen") }, null },
        { new SlateFilter { Categories = Names("Cups") }, null },
        { new SlateFilter { Categories = Names("Garden") }, FilterReason.Category },
        { new SlateFilter { ExcludedCategories = Names("Cups") }, FilterReason.Category },
        { new SlateFilter { Categories = Names("Kitchen"), ExcludedCategories = Names("Cups") }, FilterReason.Category },
        { new SlateFilter { Brands = Names("Acme") }, null },
        { new SlateFilter { Brands = Names("Other") }, FilterReason.Brand },
        { new SlateFilter { ExcludedBrands = Names("Acme") }, FilterReason.Brand },
        { new SlateFilter { Tags = Names("gift", "new") }, null },
        { new SlateFilter { Tags = Names("new") }, FilterReason.Tag },
        { new SlateFilter { ExcludedTags = Names("red") }, FilterReason.Tag },
        { new SlateFilter { MinPriceMinor = 900, MaxPriceMinor = 900 }, null },
        { new SlateFilter { MinPriceMinor = 901 }, FilterReason.Price },
        { new SlateFilter { MaxPriceMinor = 899 }, FilterReason.Price },
    };

    [Theory, MemberData(nameof(Filters))]
    public void A_product_is_rejected_for_the_stated_reason(SlateFilter filter, FilterReason? expected) =>
        Assert.Equal(expected, new EligibilityFilter(filter).Reject(Mug, null));

    [Fact]
    public void What_changed_since_the_model_counts()
    {
        EligibilityFilter filter = new(new SlateFilter { MaxPriceMinor = 1000 });

        Assert.Equal(FilterReason.Gone, filter.Reject(Mug, new Availability(Mug.Id, 1, true, 900, "EUR", Deleted: true)));
        Assert.Equal(FilterReason.OutOfStock, filter.Reject(Mug, new Availability(Mug.Id, 1, false, 900, "EUR", Deleted: false)));
        Assert.Equal(FilterReason.Price, filter.Reject(Mug, new Availability(Mug.Id, 1, true, 1001, "EUR", Deleted: false)));
        Assert.Null(filter.Reject(Mug with { InStock = false }, new Availability(Mug.Id, 1, true, 900, "EUR", Deleted: false)));
        Assert.Equal(FilterReason.OutOfStock, filter.Reject(Mug with { InStock = false }, null));
        Assert.Null(new EligibilityFilter(new SlateFilter { InStockOnly = false }).Reject(Mug with { InStock = false }, null));
    }

    [Fact]
    public void A_product_without_a_price_or_label_fits_no_demand_for_one()
    {
        Product bare = new() { Id = new ProductId("bare") };

        Assert.Equal(FilterReason.Price, new EligibilityFilter(new SlateFilter { MaxPriceMinor = 1 }).Reject(bare, null));
        Assert.Equal(FilterReason.Brand, new EligibilityFilter(new SlateFilter { Brands = Names("Acme") }).Reject(bare, null));
        Assert.Null(new EligibilityFilter(new SlateFilter { ExcludedBrands = Names("Acme"), ExcludedTags = Names("red") }).Reject(bare, null));
    }

    private static HashSet<ProductId> Ids(params string[] ids) => [.. ids.Select(id => new ProductId(id))];

    private static HashSet<string> Names(params string[] names) => [.. names];
}
