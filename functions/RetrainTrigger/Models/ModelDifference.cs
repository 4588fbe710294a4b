using Aisle.Events;
using Aisle.RetrainTrigger.Gate;

namespace Aisle.RetrainTrigger.Models;

/// <summary>How two versions differ.</summary>
/// <param name="Earlier">The one held against.</param>
/// <param name="Later">The other.</param>
/// <param name="Added">Products that only the later one knows, by id.</param>
/// <param name="Removed">Products that only the earlier one knows, by id.</param>
/// <param name="Counts">How their slates differ, named by <see cref="ShadowCounts"/>.</param>
public sealed record ModelDifference(
    string Earlier, string Later, IReadOnlyList<ProductId> Added, IReadOnlyList<ProductId> Removed, IReadOnlyDictionary<string, double> Counts);
