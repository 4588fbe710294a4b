namespace Aisle.RetrainTrigger;

/// <summary>What the guard found.</summary>
/// <param name="ModelVersion">The serving model; null when there is none.</param>
/// <param name="ModelAge">Since the newest event that it was trained on; null without a model.</param>
/// <param name="TrainingAge">Since its training ended; null without a model.</param>
/// <param name="MaxModelAge">What is allowed.</param>
/// <param name="IsStale">Whether it is too old, or missing.</param>
/// <param name="Message">The same in a sentence, with what to do.</param>
public sealed record GuardOutcome(
    string? ModelVersion, TimeSpan? ModelAge, TimeSpan? TrainingAge, TimeSpan MaxModelAge, bool IsStale, string Message);
