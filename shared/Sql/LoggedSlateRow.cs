using Aisle.Events;

namespace Aisle.Sql;

/// <summary>One position of a logged slate: a row of <c>logged_slate</c>. What belongs to the slate is the same in all rows.</summary>
/// <param name="User">Who saw it.</param>
/// <param name="Surface">The shelf.</param>
/// <param name="Variants">The variants in force, as <c>experiment=variant</c>, separated by commas.</param>
/// <param name="ModelVersion">The model; null when the shelf without a model answered.</param>
/// <param name="ServedAt">When, UTC.</param>
/// <param name="Inputs">What else it followed from; null where that was not kept.</param>
/// <param name="Position">From 1; null when the slate was empty.</param>
/// <param name="Product">What stood there; null when the slate was empty.</param>
/// <param name="Score">Its score.</param>
/// <param name="Slot">Why, by its name in the log; null when the slate was empty.</param>
/// <param name="Propensity">How likely it was.</param>
public sealed record LoggedSlateRow(
    UserId? User, string Surface, string Variants, string? ModelVersion, DateTimeOffset ServedAt, string? Inputs, long? Position, ProductId? Product, double Score, string? Slot, double Propensity);
