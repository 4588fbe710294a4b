using Aisle.Candidates.Shoppers;
using Aisle.Candidates.Training;
using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.Benchmarks.Shops;

/// <summary>A public data set as a shop: what it sells and what its shoppers did.</summary>
/// <param name="Name">What it is called in a table.</param>
/// <param name="Products">The catalogue, no id twice.</param>
/// <param name="Events">In any order.</param>
/// <param name="HeldDays">How many days are held out at the end; null when each shopper's last purchase is.</param>
internal sealed record ShopData(string Name, IReadOnlyList<Product> Products, IReadOnlyList<ShopEvent> Events, int? HeldDays)
{
    /// <summary>Whether products say anything that content can use.</summary>
    public bool HasText => Products.Any(product => product.Title is not null || product.Tags.Count > 0);

    /// <summary>Whether products have categories.</summary>
    public bool HasCategories => Products.Any(product => product.Category is not null);

    /// <summary>The product's own recipe; where only the order of events is known nothing fades.</summary>
    public ModelRecipe Recipe => HeldDays is null
        ? new ModelRecipe { Feedback = new FeedbackScale { DecayPerDay = 0, Window = TimeSpan.FromDays(36_500) } }
        : new ModelRecipe();

    /// <summary>A moment for the n-th event of a history whose times are unknown.</summary>
    public static DateTimeOffset Step(int n) => new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(n);

    /// <summary>A catalogue of products of which only the id is known.</summary>
    public static Product[] Bare(IEnumerable<ShopEvent> events) =>
        [.. events.Select(act => act.Product).Distinct().Select(id => new Product { Id = new ProductId(id) })];
}
