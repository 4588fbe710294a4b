namespace Aisle.Client;

/// <summary>Something that was missing or left out.</summary>
/// <param name="Stage">Where.</param>
/// <param name="Reason">Why.</param>
public sealed record Degradation(string Stage, string Reason);
