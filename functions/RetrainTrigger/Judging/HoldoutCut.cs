using Aisle.Candidates.Training;
using Aisle.Evaluation.Holdouts;

namespace Aisle.RetrainTrigger.Judging;

/// <summary>A history that is cut in two by time.</summary>
/// <param name="At">The cut.</param>
/// <param name="Training">What happened before, as a recipe reads it.</param>
/// <param name="Holdout">Who is judged by what came after.</param>
public sealed record HoldoutCut(DateTimeOffset At, TrainingSet Training, Holdout Holdout);
