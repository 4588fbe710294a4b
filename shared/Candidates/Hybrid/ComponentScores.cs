namespace Aisle.Candidates.Hybrid;

/// <summary>What went into one fused score. Each source is scaled to 0..1 per shopper; null is a source that has
/// nothing to say about this pair.</summary>
/// <param name="Collaborative">User factor · item factor.</param>
/// <param name="Content">Cosine of the shopper's profile and the product.</param>
/// <param name="Neighbours">What similar users touched.</param>
/// <param name="Popularity">Log-damped popularity; for the popularity tier, within the cohort.</param>
/// <param name="NewnessFactor">What the fused score was multiplied by; 1 unless the product is new.</param>
public readonly record struct ComponentScores(
    float? Collaborative, float? Content, float? Neighbours, float Popularity, float NewnessFactor);
