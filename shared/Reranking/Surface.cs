namespace Aisle.Reranking;

/// <summary>The shelf that a slate is for.</summary>
public enum Surface
{
    /// <summary>The shopper's own mix.</summary>
    Home,

    /// <summary>What goes with the latest purchase.</summary>
    BecauseYouBought,

    /// <summary>Products like the one being looked at.</summary>
    Similar,

    /// <summary>Products often bought with the one being looked at.</summary>
    BoughtTogether,

    /// <summary>Products that go with the cart.</summary>
    Cart,

    /// <summary>Products that do better than their own past.</summary>
    Trending,

    /// <summary>Products in their first days.</summary>
    New,

    /// <summary>What the shopper looked at lately.</summary>
    RecentlyViewed,

    /// <summary>A list that the caller brings, such as search results; asked for by its own path.</summary>
    Rerank,
}
