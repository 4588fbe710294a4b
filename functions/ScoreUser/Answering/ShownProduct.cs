using Aisle.Candidates.Reasons;
using Aisle.Catalogue;

namespace Aisle.ScoreUser.Answering;

/// <summary>A product as it is shown: with the price and the stock of now, and why.</summary>
/// <param name="Product">The product.</param>
/// <param name="PriceMinor">The price now, minor units; null when unknown.</param>
/// <param name="Currency">ISO 4217 code; null exactly when there is no price.</param>
/// <param name="Reason">Why it is shown.</param>
/// <param name="ReasonTitle">The title of the product that speaks most for it; null when there is none.</param>
public sealed record ShownProduct(Product Product, long? PriceMinor, string? Currency, Reason Reason, string? ReasonTitle);
