namespace Aisle.RetrainTrigger.Gate;

/// <summary>What the gate decided.</summary>
/// <param name="Objections">Why the model may not serve, each with what to do; empty when it may.</param>
/// <param name="Remarks">What an operator should know although it does not stop the model.</param>
/// <param name="Drifts">The remarks that are about drift, for an alert.</param>
public sealed record GateDecision(IReadOnlyList<string> Objections, IReadOnlyList<string> Remarks, IReadOnlyList<string> Drifts);
