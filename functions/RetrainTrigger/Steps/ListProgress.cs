namespace Aisle.RetrainTrigger.Steps;

/// <summary>How far the lists of a version are written.</summary>
/// <param name="Done">Parts that are written, in the writer's own measure: lists, or shards of shoppers.</param>
/// <param name="Left">Parts that are not; 0 when all are.</param>
public readonly record struct ListProgress(long Done, long Left);
