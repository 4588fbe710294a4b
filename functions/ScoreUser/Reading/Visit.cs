using Aisle.Events;
using Aisle.ScoreUser.Serving;

namespace Aisle.ScoreUser.Reading;

/// <summary>A shopper at one moment, read once for all slates of a page.</summary>
/// <param name="View">What serves; null without a model.</param>
/// <param name="Shopper">What the reads brought.</param>
/// <param name="User">Under which pseudonym slates may be logged: none where consent is refused, or where the
/// store that knows of it did not answer.</param>
/// <param name="Budget">How long it may take.</param>
/// <param name="Now">The moment, UTC.</param>
public sealed record Visit(ServingView? View, Shopper Shopper, UserId? User, TimeBudget Budget, DateTimeOffset Now);
