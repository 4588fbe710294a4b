namespace Aisle.Candidates.Reasons;

/// <summary>Why a product is recommended, for programs.</summary>
public enum ReasonCode
{
    /// <summary>A product that the shopper bought speaks most for it.</summary>
    BecauseYouBought,

    /// <summary>A product that the shopper put into the cart speaks most for it.</summary>
    BecauseYouAddedToCart,

    /// <summary>A product that the shopper looked at speaks most for it.</summary>
    BecauseYouViewed,

    /// <summary>Shoppers of the same cohort like it.</summary>
    PopularInYourGroup,

    /// <summary>The whole shop likes it.</summary>
    Popular,

    /// <summary>It does better now than its own past promised.</summary>
    Trending,

    /// <summary>It is new in the shop.</summary>
    NewArrival,

    /// <summary>It is like the product in question.</summary>
    SimilarTo,

    /// <summary>It is often bought with the product in question.</summary>
    BoughtTogetherWith,

    /// <summary>The shopper looked at it lately.</summary>
    RecentlyViewed,

    /// <summary>A merchandiser put it there.</summary>
    Featured,

    /// <summary>The shop sells it: all that is known before there is a model.</summary>
    InCatalogue,
}
