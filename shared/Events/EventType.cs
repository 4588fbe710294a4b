using System.Text.Json.Serialization;
using Aisle.Events.Wire;

namespace Aisle.Events;

/// <summary>What a shopper did, or was shown.</summary>
[JsonConverter(typeof(EventTypeJsonConverter))]
public enum EventType
{
    /// <summary>Saw a product page.</summary>
    View,

    /// <summary>Clicked a product; a click of a slate when the event carries a slate id.</summary>
    Click,

    /// <summary>Put a product into the cart.</summary>
    AddToCart,

    /// <summary>Took a product out of the cart; says nothing about taste.</summary>
    RemoveFromCart,

    /// <summary>Bought a product: one order line.</summary>
    Purchase,

    /// <summary>Gave a product back; names its order, has negative revenue.</summary>
    Refund,

    /// <summary>Was shown one item at one position of one slate.</summary>
    Impression,

    /// <summary>Loaded any page; the only type that may come without a product.</summary>
    PageView,
}
