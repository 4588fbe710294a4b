namespace Aisle.Candidates.Lists;

/// <summary>The one pointer that says which model serves. Flipped last when a run publishes; polled by warm instances.</summary>
/// <param name="ModelVersion">The bundle and the candidate lists that serve.</param>
/// <param name="PreviousVersion">What served before, kept for rollback; null for the first.</param>
/// <param name="NewestEventAt">The newest event the model was trained on; model age counts from here.</param>
/// <param name="TrainedAt">When training finished.</param>
/// <param name="PromotedAt">When the pointer was flipped.</param>
public sealed record ServingManifest(
    string ModelVersion, string? PreviousVersion, DateTimeOffset NewestEventAt, DateTimeOffset TrainedAt, DateTimeOffset PromotedAt);
