namespace Aisle.Experiments;

/// <summary>One arm of an experiment.</summary>
/// <param name="Name">Unique within the experiment; the first variant is the control.</param>
/// <param name="FromBucket">First bucket, 0 to 9,999.</param>
/// <param name="ToBucket">One past the last bucket, at most 10,000.</param>
/// <param name="Parameters">What the variant changes, by parameter name, such as <c>alpha</c> or
/// <c>mmr_lambda</c>; empty for the control.</param>
public sealed record Variant(string Name, int FromBucket, int ToBucket, IReadOnlyDictionary<string, string> Parameters);
