namespace Aisle.RetrainTrigger.Guard;

/// <summary>One thing that the guard looked at.</summary>
/// <param name="Kind">A stable word, which alerts carry too.</param>
/// <param name="IsStale">Whether it is not as it should be.</param>
/// <param name="Message">What was found, and what to do when it is not as it should be.</param>
public sealed record GuardFinding(string Kind, bool IsStale, string Message);
