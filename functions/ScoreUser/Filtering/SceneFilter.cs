using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Reranking;
using Aisle.Reranking.Rules;

namespace Aisle.ScoreUser.Filtering;

/// <summary>What a request may show, once shopper and model are known: its own filter, what the shopper bought or has
/// in the cart, and the price band.</summary>
internal static class SceneFilter
{
    /// <summary>How long a product that was put into the cart is not recommended.</summary>
    private static readonly TimeSpan CartLife = TimeSpan.FromDays(1);

    /// <summary>The filter of a request.</summary>
    public static SlateFilter Of(Scene scene)
    {
        SlateFilter filter = scene.Request.Filter;
        if (scene.Request.PriceBand is { } band && scene.Request.Product is { } product
            && scene.Model.Bundle.Items.TryGetIndex(product, out int item) && scene.View.PriceOf(item) is { } price)
        {
            filter = band.Narrow(filter, price);
        }

        filter = InCart(scene) is { } cart ? filter with { InContext = cart } : filter;
        return Purchased(scene) is { } purchased ? filter with { Purchased = purchased } : filter;
    }

    /// <summary>The request's own context and what the shopper put into the cart within the last day; null when nothing was. Session
    /// features know no removals, so what was taken out rests for that day too. A list that the caller brings, and what was viewed, are
    /// shown with what lies in the cart.</summary>
    private static HashSet<ProductId>? InCart(Scene scene)
    {
        if (scene.Request.Surface is Surface.Rerank or Surface.RecentlyViewed || scene.Shopper.Profile is not { } profile)
        {
            return null;
        }

        HashSet<ProductId>? cart = null;
        foreach (RecentInteraction recent in profile.Recent)
        {
            if (recent.Type == EventType.AddToCart && scene.Now - recent.OccurredAt < CartLife)
            {
                (cart ??= [.. scene.Request.Filter.InContext]).Add(recent.Product);
            }
        }

        return cart;
    }

    private static HashSet<ProductId>? Purchased(Scene scene)
    {
        if (scene.Request.ShowsPurchased || scene.Request.Surface == Surface.RecentlyViewed || scene.Shopper.Profile is not { } profile)
        {
            return null;
        }

        HashSet<ProductId>? purchased = null;
        foreach (DistinctProduct bought in profile.Purchased)
        {
            Add(bought.Product, bought.LastTouchedAt);
        }

        foreach (RecentInteraction recent in profile.Recent)
        {
            if (recent.Type == EventType.Purchase)
            {
                Add(recent.Product, recent.OccurredAt);
            }
        }

        return purchased;

        void Add(ProductId product, DateTimeOffset boughtAt)
        {
            if (!IsDueAgain(scene, product, boughtAt))
            {
                (purchased ??= []).Add(product);
            }
        }
    }

    /// <summary>Whether the product is of a kind that is bought again, and long enough ago. A later purchase of the
    /// same product counts for itself.</summary>
    private static bool IsDueAgain(Scene scene, ProductId bought, DateTimeOffset boughtAt)
    {
        if (scene.Repeats.Count == 0 || scene.Model.Bundle.Find(bought) is not { } product)
        {
            return false;
        }

        foreach (RepeatPurchase repeat in scene.Repeats)
        {
            if (repeat.Category == product.Subcategory || repeat.Category == product.Category)
            {
                return scene.Now - boughtAt >= (repeat.After ?? scene.Model.Bundle.Habits.Reorders.Of(repeat.Category) ?? TimeSpan.Zero);
            }
        }

        return false;
    }
}
