namespace Aisle.Client;

/// <summary>The variant of an experiment that a shopper is in.</summary>
/// <param name="Key">The experiment.</param>
/// <param name="Variant">The variant's name.</param>
public sealed record ExperimentVariant(string Key, string Variant);
