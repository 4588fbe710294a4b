using System.Text.Json.Serialization;

namespace Aisle.Client;

/// <summary>What a shopper did.</summary>
public enum ShopEventType
{
    /// <summary>Looked at a product's page.</summary>
    [JsonStringEnumMemberName("view")]
    View,

    /// <summary>Clicked a product in a list.</summary>
    [JsonStringEnumMemberName("click")]
    Click,

    /// <summary>Put a product into the cart.</summary>
    [JsonStringEnumMemberName("add_to_cart")]
    AddToCart,

    /// <summary>Took a product out of the cart.</summary>
    [JsonStringEnumMemberName("remove_from_cart")]
    RemoveFromCart,

    /// <summary>Bought a product: one line of an order.</summary>
    [JsonStringEnumMemberName("purchase")]
    Purchase,

    /// <summary>Gave a product back; its revenue is negative.</summary>
    [JsonStringEnumMemberName("refund")]
    Refund,

    /// <summary>Was shown one product at one position of one slate.</summary>
    [JsonStringEnumMemberName("impression")]
    Impression,

    /// <summary>Opened a page.</summary>
    [JsonStringEnumMemberName("page_view")]
    PageView,
}
