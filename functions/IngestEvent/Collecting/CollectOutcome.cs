namespace Aisle.IngestEvent.Collecting;

/// <summary>What came of a batch. What was accepted is durable.</summary>
/// <param name="Accepted">How many events were published.</param>
/// <param name="Duplicates">How many repeated an id of the same batch; they were not published.</param>
/// <param name="Rejected">Those that break a rule, in order.</param>
public sealed record CollectOutcome(int Accepted, int Duplicates, IReadOnlyList<RejectedEvent> Rejected);
