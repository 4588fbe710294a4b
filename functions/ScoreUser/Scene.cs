using Aisle.Candidates;
using Aisle.Events;
using Aisle.Reranking.Rules;
using Aisle.ScoreUser.Explaining;
using Aisle.ScoreUser.Reading;
using Aisle.ScoreUser.Requests;
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

    /// <summary>What serves.</summary>
    public ServingModel Model => View.Model;

    /// <summary>How the slate is made.</summary>
    public Tuning Tuning => Variants.Tuning;
}
