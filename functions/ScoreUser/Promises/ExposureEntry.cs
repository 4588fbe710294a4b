using Aisle.Catalogue;

namespace Aisle.ScoreUser.Promises;

/// <summary>What a new product was promised and given.</summary>
/// <param name="Product">The product as the catalogue has it now.</param>
/// <param name="From">The start of its first day, UTC.</param>
/// <param name="Until">The end of the promise, UTC, that moment excluded.</param>
/// <param name="Slates">How many slates were served with it in that time.</param>
/// <param name="Impressions">How often it was reported as seen in that time.</param>
/// <param name="Status">Whether the promise was kept.</param>
/// <param name="Why">What stood in the way, as a code, with a rule's id behind a colon; null when nothing had to.</param>
public sealed record ExposureEntry(
    Product Product, DateTimeOffset From, DateTimeOffset Until, long Slates, long Impressions, PromiseStatus Status, string? Why);
