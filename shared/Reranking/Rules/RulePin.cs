using Aisle.Catalogue;

namespace Aisle.Reranking.Rules;

/// <summary>A product that a rule put at a position.</summary>
/// <param name="Position">From 1.</param>
/// <param name="Product">The product; it may be shown.</param>
/// <param name="RuleId">The rule.</param>
public sealed record RulePin(int Position, Product Product, string RuleId);
