namespace Aisle.Local.Import;

/// <summary>A visitor who saw a variant of an experiment, with the shop's own id.</summary>
/// <param name="Visitor">The shop's own id of the visitor.</param>
/// <param name="Variant">The variant's name.</param>
/// <param name="ExposedAt">When first, UTC.</param>
public sealed record ImportedExposure(string Visitor, string Variant, DateTimeOffset ExposedAt);
