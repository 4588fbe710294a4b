namespace Aisle.Client;

/// <summary>Why there are fewer products than asked for.</summary>
/// <param name="Requested">How many were asked for.</param>
/// <param name="Eligible">How many pass the filters.</param>
/// <param name="Reasons">How many products each filter removed.</param>
public sealed record Shortfall(int Requested, int Eligible, IReadOnlyDictionary<string, int> Reasons);
