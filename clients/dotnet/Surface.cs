using System.Text.Json.Serialization;

namespace Aisle.Client;

/// <summary>The shelf that a slate is for.</summary>
public enum Surface
{
    /// <summary>The shopper's own mix.</summary>
    [JsonStringEnumMemberName("home")]
    Home,

    /// <summary>What goes with the latest purchase.</summary>
    [JsonStringEnumMemberName("because_you_bought")]
    BecauseYouBought,

    /// <summary>Like the product that is looked at.</summary>
    [JsonStringEnumMemberName("similar")]
    Similar,

    /// <summary>Bought with the product that is looked at.</summary>
    [JsonStringEnumMemberName("bought_together")]
    BoughtTogether,

    /// <summary>What goes with the cart.</summary>
    [JsonStringEnumMemberName("cart")]
    Cart,

    /// <summary>What does better now than before.</summary>
    [JsonStringEnumMemberName("trending")]
    Trending,

    /// <summary>New in the shop.</summary>
    [JsonStringEnumMemberName("new")]
    New,

    /// <summary>What the shopper looked at lately.</summary>
    [JsonStringEnumMemberName("recently_viewed")]
    RecentlyViewed,
}
