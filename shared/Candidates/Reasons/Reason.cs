using Aisle.Events;

namespace Aisle.Candidates.Reasons;

/// <summary>Why a product is recommended.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Product">The product that speaks most for it; null when no single one does.</param>
/// <param name="Share">That product's part of all that speaks for it, in (0, 1]; null when no single one does.</param>
public sealed record Reason(ReasonCode Code, ProductId? Product, double? Share);
