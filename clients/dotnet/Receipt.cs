namespace Aisle.Client;

/// <summary>What became of the events that were sent.</summary>
/// <param name="Accepted">How many were taken; they survive the death of the server's process.</param>
/// <param name="Duplicates">How many repeat another of the same call.</param>
/// <param name="Rejected">Those that cannot be used, each with what is wrong.</param>
public sealed record Receipt(int Accepted, int Duplicates, IReadOnlyList<RejectedEvent> Rejected);
