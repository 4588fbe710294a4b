namespace Aisle.Client;

/// <summary>Why a product is shown.</summary>
/// <param name="Code">For programs, such as <c>because_you_bought</c>.</param>
/// <param name="Text">For shoppers.</param>
/// <param name="ProductId">The product that speaks most for it; null when none does.</param>
/// <param name="Share">Its share of what speaks for it, in 0 … 1; null without a product.</param>
public sealed record Reason(string Code, string Text, string? ProductId = null, double? Share = null);
