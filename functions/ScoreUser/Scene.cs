using Aisle.Candidates.Shoppers;
using Aisle.ColdStart;
using Aisle.Events;
using Aisle.Reranking.Rules;
using Aisle.ScoreUser.Explaining;
using Aisle.ScoreUser.Reading;
using Aisle.ScoreUser.Replaying;
using Aisle.ScoreUser.Requests;
using Aisle.ScoreUser.Rules;
using Aisle.ScoreUser.Serving;
using Aisle.ScoreUser.Variants;

namespace Aisle.ScoreUser;

/// <summary>Everything that one slate follows from.</summary>
/// <param name="View">What serves, and what changed since.</param>
/// <param name="Request">What is asked for.</param>
/// <param name="User">Whose slate is logged; null for strangers and without consent.</param>
/// <param name="Shopper">What the reads brought.</param>
/// <param name="History">The same as the model understands it.</param>
/// <param name="Variants">The experiments' say.</param>
/// <param name="Rules">The merchandisers' say.</param>
/// <param name="Budget">How long it may take.</param>
/// <param name="Trace">Told of each decision; null when nobody asked.</param>
/// <param name="Now">When.</param>
public sealed record Scene(
    ServingView View, SlateRequest Request, UserId? User, Shopper Shopper, ShopperHistory History, VariantChoice Variants, ActiveRules Rules, TimeBudget Budget,
    SlateTrace? Trace, DateTimeOffset Now)
{
    /// <summary>The categories that are bought again.</summary>
    public IReadOnlyList<RepeatPurchase> Repeats { get; init; } = [];

    /// <summary>The caller's list that is to be ranked; null for a shelf of ours.</summary>
    public IReadOnlyList<ProductId>? Listed { get; init; }

    /// <summary>Takes note of what the slate follows from; null where that is not kept.</summary>
    public SlateRecord? Record { get; init; }

    /// <summary>In how many slates new products had been served, for a replay; null counts now.</summary>
    public IReadOnlyDictionary<ProductId, int>? Served { get; init; }

    /// <summary>What serves.</summary>
    public ServingModel Model => View.Model;

    /// <summary>How the slate is made.</summary>
    public Tuning Tuning => Variants.Tuning;

    /// <summary>The scene of a request at a moment: what the model makes of the shopper, and the rules and the
    /// calendar of that moment.</summary>
    public static Scene Of(
        ServingView view, SlateRequest request, UserId? user, Shopper shopper, VariantChoice variants, Merchandising merchandising, TimeBudget budget, SlateTrace? trace, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(shopper);
        ArgumentNullException.ThrowIfNull(variants);
        ArgumentNullException.ThrowIfNull(merchandising);
        (string? age, string? location, string? device) = request.Cohort;
        Cohort cohort = new(age ?? shopper.Profile?.AgeBracket, location ?? shopper.Profile?.Location, device ?? shopper.Profile?.DeviceType);
        ShopperHistory history = ShopperHistory.From(shopper.Profile, view.Model.Bundle.Feedback, now) with { Cohort = cohort };
        return new Scene(
            view, request, user, shopper, history, variants.At(merchandising.Rules, now), merchandising.RulesFor(request.Surface, cohort, now), budget, trace, now)
        {
            Repeats = merchandising.Rules.RepeatPurchases,
        };
    }
}
