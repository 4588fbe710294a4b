using System.Text.Json;

namespace Aisle.Candidates.Reasons;

/// <summary>Reasons in words and on the wire.</summary>
public static class ReasonText
{
    private static readonly string[] WireNames = [.. Enum.GetValues<ReasonCode>().Select(code => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString()))];

    /// <summary>The code in lower case with underscores, such as <c>because_you_bought</c>.</summary>
    public static string WireName(this ReasonCode code) => WireNames[(int)code];

    /// <summary>A short sentence for shoppers.</summary>
    /// <param name="code">Why.</param>
    /// <param name="title">The title of the product that speaks most for it; null when there is none or it has no title.</param>
    public static string Of(ReasonCode code, string? title) => (code, title) switch
    {
        (ReasonCode.BecauseYouBought, not null) => $"Because you bought {title}",
        (ReasonCode.BecauseYouBought, null) => "Because of what you bought",
        (ReasonCode.BecauseYouAddedToCart, not null) => $"Goes with {title} in your cart",
        (ReasonCode.BecauseYouAddedToCart, null) => "Goes with what you put into your cart",
        (ReasonCode.BecauseYouViewed, not null) => $"Because you looked at {title}",
        (ReasonCode.BecauseYouViewed, null) => "Because of what you looked at",
        (ReasonCode.PopularInYourGroup, _) => "Popular with shoppers like you",
        (ReasonCode.Popular, _) => "Popular in the shop",
        (ReasonCode.Trending, _) => "Trending now",
        (ReasonCode.NewArrival, _) => "New in the shop",
        (ReasonCode.SimilarTo, not null) => $"Similar to {title}",
        (ReasonCode.SimilarTo, null) => "Similar to this product",
        (ReasonCode.BoughtTogetherWith, not null) => $"Often bought with {title}",
        (ReasonCode.BoughtTogetherWith, null) => "Often bought together",
        (ReasonCode.RecentlyViewed, _) => "You looked at this lately",
        (ReasonCode.Featured, _) => "Featured by the shop",
        (ReasonCode.InCatalogue, _) => "From the shop's range",
        _ => throw new ArgumentOutOfRangeException(nameof(code)),
    };
}
