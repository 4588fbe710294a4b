namespace Aisle.RetrainTrigger.Runs;

/// <summary>A run cannot go on, for a reason that an operator can put right.</summary>
/// <param name="reason">What is wrong and what to do.</param>
public sealed class RunFailedException(string reason) : Exception(reason);
