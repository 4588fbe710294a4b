using Aisle.Candidates;
using Aisle.Events;

namespace Aisle.ScoreUser;

/// <summary>Everything that one slate follows from.</summary>
/// <param name="Model">What serves.</param>
/// <param name="Request">What is asked for.</param>
/// <param name="User">Whose slate is logged; null for strangers and without consent.</param>
/// <param name="Shopper">What the reads brought.</param>
/// <param name="History">The same as the model understands it.</param>
/// <param name="Variants">The experiments' say.</param>
/// <param name="Now">When.</param>
public sealed record Scene(
    ServingModel Model, SlateRequest Request, UserId? User, Shopper Shopper, ShopperHistory History, VariantChoice Variants, DateTimeOffset Now);
