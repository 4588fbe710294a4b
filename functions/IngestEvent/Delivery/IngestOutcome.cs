namespace Aisle.IngestEvent.Delivery;

/// <summary>What came of a batch of messages. A store that cannot be reached is none of these: it throws, and the
/// messages come again.</summary>
/// <param name="Received">Messages handed over.</param>
/// <param name="Duplicates">Events that were known already; null where the warehouse finds them later.</param>
/// <param name="Parked">Messages that are no events and were parked with their bytes and the reason.</param>
public sealed record IngestOutcome(int Received, int? Duplicates, int Parked);
