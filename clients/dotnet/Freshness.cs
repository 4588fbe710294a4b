using System.Text.Json.Serialization;

namespace Aisle.Client;

/// <summary>How old what a slate was made of is, in seconds; null where it was not used.</summary>
/// <param name="ModelAgeSeconds">Since the newest event that the model learnt from.</param>
/// <param name="CandidatesAgeSeconds">Since the shopper's list was made.</param>
/// <param name="FeaturesAgeSeconds">Since the newest event of the shopper's document.</param>
public sealed record Freshness(
    [property: JsonPropertyName("model_age_s")] double? ModelAgeSeconds,
    [property: JsonPropertyName("candidates_age_s")] double? CandidatesAgeSeconds,
    [property: JsonPropertyName("features_age_s")] double? FeaturesAgeSeconds);
