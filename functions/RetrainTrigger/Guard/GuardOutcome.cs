using Aisle.Alerts;

namespace Aisle.RetrainTrigger.Guard;

/// <summary>What the guard found.</summary>
/// <param name="ModelVersion">The serving model; null when there is none.</param>
/// <param name="ModelAge">Since the newest event that it was trained on; null without a model.</param>
/// <param name="TrainingAge">Since its training was begun; null without a model.</param>
/// <param name="MaxModelAge">What is allowed.</param>
/// <param name="FeatureAge">Since the moment of the run that wrote batch features last; null when none did.</param>
/// <param name="CandidateAge">Since the moment of the serving model's candidate lists; null when its run is not known.</param>
/// <param name="Findings">All that was looked at; the first is the model's age.</param>
public sealed record GuardOutcome(
    string? ModelVersion, TimeSpan? ModelAge, TimeSpan? TrainingAge, TimeSpan MaxModelAge, TimeSpan? FeatureAge, TimeSpan? CandidateAge,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether the model is too old, damaged or missing.</summary>
    public bool IsStale => Findings[0].IsRaised;

    /// <summary>The model's age in a sentence, with what to do.</summary>
    public string Message => Findings[0].Message;
}
