using Aisle.Events;
using Aisle.Privacy;
using Aisle.Reranking;

namespace Aisle.ScoreUser.Requests;

/// <summary>Reads one slate's request and names everything that is wrong with it.</summary>
/// <param name="pseudonymizer">Makes pseudonyms of raw user ids.</param>
public sealed class SlateRequestReader(Pseudonymizer pseudonymizer)
{
    private static readonly IReadOnlySet<ProductId> NoProducts = new HashSet<ProductId>();

    internal SlateRequest Read(RequestFields fields, string currency)
    {
        string? user = fields.Id("user_id");
        string? assignment = fields.Id("assignment_id");
        Surface surface = SurfaceOf(fields);
        ProductId? product = fields.Id("product_id") is { } id ? new ProductId(id) : null;
        IReadOnlyList<ProductId> cart = fields.Ids("cart");
        CheckContext(fields, surface, product, cart);
        return new SlateRequest
        {
            User = user is null ? null : pseudonymizer.UserOf(user),
            RawUser = user,
            Assignment = assignment is null ? null : pseudonymizer.AssignmentOf(assignment),
            Surface = surface,
            Limit = fields.Whole("limit", 1, SlateRequest.MaxLimit, absent: 10),
            Product = product,
            Cart = cart,
            Filter = FilterOf(fields, product, cart, currency),
            Cohort = (fields.Text("age_bracket"), fields.Text("location"), fields.Text("device_type")),
            Consent = fields.Flag("consent") ?? true,
            Budget = fields.Has("budget_ms") ? TimeSpan.FromMilliseconds(fields.Whole("budget_ms", 1, 10_000, absent: 100)) : null,
            IsExplained = fields.Flag("explain") ?? false,
            IsShown = !(fields.Flag("preview") ?? false),
            ShowsPurchased = fields.Flag("show_purchased") ?? false,
            PriceBand = BandOf(fields, product),
            Floors = FloorsOf(fields),
            Caps = new SlateCaps(CapOf(fields, "max_per_category"), CapOf(fields, "max_per_brand")),
        };
    }

    private static Surface SurfaceOf(RequestFields fields)
    {
        string name = fields.Text("surface") ?? "home";
        if (Surfaces.Find(name) is { } surface)
        {
            return surface;
        }

        fields.Refuse("surface", "unknown", $"Send one of {string.Join(", ", Surfaces.Names)}.");
        return Surface.Home;
    }

    private static void CheckContext(RequestFields fields, Surface surface, ProductId? product, IReadOnlyList<ProductId> cart)
    {
        if (surface is Surface.Similar or Surface.BoughtTogether && product is null)
        {
            fields.Refuse("product_id", "missing", $"The surface {surface.WireName()} needs the product that is looked at.");
        }
        else if (surface == Surface.Cart && cart.Count == 0)
        {
            fields.Refuse("cart", "missing", "The surface cart needs the products in the cart.");
        }
    }

    private static int? CapOf(RequestFields fields, string name) =>
        fields.Has(name) ? fields.Whole(name, 1, SlateRequest.MaxLimit, absent: SlateRequest.MaxLimit) : null;

    private static SlateFloors FloorsOf(RequestFields fields) => fields.Has("min_per_category") || fields.Has("min_per_brand")
        ? new SlateFloors(fields.Counts("min_per_category", SlateRequest.MaxLimit), fields.Counts("min_per_brand", SlateRequest.MaxLimit))
        : SlateFloors.None;

    private static PriceBand? BandOf(RequestFields fields, ProductId? product)
    {
        decimal? least = fields.Ratio("min_price_ratio");
        decimal? most = fields.Ratio("max_price_ratio");
        if (least is null && most is null)
        {
            return null;
        }

        if (product is null)
        {
            fields.Refuse("product_id", "missing", "A price ratio needs the product whose price it is relative to.");
        }

        return new PriceBand(least, most);
    }

    private static IReadOnlySet<ProductId> SetOf(IReadOnlyList<ProductId> products) => products.Count == 0 ? NoProducts : products.ToHashSet();

    private static SlateFilter FilterOf(RequestFields fields, ProductId? product, IReadOnlyList<ProductId> cart, string currency)
    {
        decimal? min = fields.Price("min_price");
        decimal? max = fields.Price("max_price");
        return new SlateFilter
        {
            InStockOnly = fields.Flag("in_stock_only") ?? true,
            InContext = SetOf(product is { } seen ? [seen, .. cart] : cart),
            Excluded = SetOf(fields.Ids("exclude")),
            RepeatPurchaseCategories = fields.Names("repeat_categories"),
            Categories = fields.Names("categories"),
            ExcludedCategories = fields.Names("exclude_categories"),
            Brands = fields.Names("brands"),
            ExcludedBrands = fields.Names("exclude_brands"),
            Tags = fields.Names("tags"),
            ExcludedTags = fields.Names("exclude_tags"),
            MinPriceMinor = min is { } low ? Money.ToMinor(low, currency) : null,
            MaxPriceMinor = max is { } high ? Money.ToMinor(high, currency) : null,
        };
    }
}
