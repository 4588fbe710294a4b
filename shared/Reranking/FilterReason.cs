namespace Aisle.Reranking;

/// <summary>Why a product may not be shown. Of several reasons the first in this order is named.</summary>
public enum FilterReason
{
    /// <summary>It left the catalogue, or was never in it.</summary>
    Gone,

    /// <summary>It cannot be bought now.</summary>
    OutOfStock,

    /// <summary>A merchandiser blocked it.</summary>
    Blocked,

    /// <summary>The shopper looks at it or has it in the cart.</summary>
    InContext,

    /// <summary>The caller excluded it, or another slate of the page shows it.</summary>
    Excluded,

    /// <summary>The shopper has it already.</summary>
    Purchased,

    /// <summary>Its category was excluded, or is none of those asked for.</summary>
    Category,

    /// <summary>Its brand was excluded, or is none of those asked for.</summary>
    Brand,

    /// <summary>It has none of the tags asked for, or an excluded one.</summary>
    Tag,

    /// <summary>Its price lies outside the range, or is unknown while a range is asked for.</summary>
    Price,
}
