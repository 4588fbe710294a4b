namespace Aisle.Reranking.Rules;

/// <summary>The request that rules are applied to.</summary>
/// <param name="Surface">The shelf, such as <c>home</c>.</param>
/// <param name="Now">The moment, UTC.</param>
/// <param name="AgeBracket">Of the shopper; null when unknown.</param>
/// <param name="Location">Of the shopper; null when unknown.</param>
/// <param name="DeviceType">Of the shopper; null when unknown.</param>
public sealed record RuleContext(string Surface, DateTimeOffset Now, string? AgeBracket = null, string? Location = null, string? DeviceType = null);
