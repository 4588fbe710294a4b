namespace Aisle.GoogleCloud.Training;

/// <summary>How far a training inside BigQuery is.</summary>
/// <param name="Done">Steps that are done.</param>
/// <param name="Total">All steps.</param>
/// <param name="Current">The step under way; null when all are done.</param>
public sealed record TrainingProgress(int Done, int Total, string? Current)
{
    /// <summary>Whether the model is there.</summary>
    public bool IsDone => Current is null;
}
