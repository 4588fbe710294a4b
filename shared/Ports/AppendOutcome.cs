namespace Aisle.Ports;

/// <summary>What an append came to.</summary>
/// <param name="Received">How many events were handed over.</param>
/// <param name="Duplicates">How many of them were known already; null where the engine deduplicates later and cannot say yet.</param>
public readonly record struct AppendOutcome(int Received, int? Duplicates);
