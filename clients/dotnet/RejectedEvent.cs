namespace Aisle.Client;

/// <summary>An event that cannot be used.</summary>
/// <param name="Index">Its place in the call, from 0.</param>
/// <param name="EventId">Its id; null when it has none.</param>
/// <param name="Problems">What is wrong with it.</param>
public sealed record RejectedEvent(int Index, string? EventId, IReadOnlyList<FieldProblem> Problems);
