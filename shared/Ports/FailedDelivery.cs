namespace Aisle.Ports;

/// <summary>A delivery whose message could not be processed, although the stores were well.</summary>
/// <param name="LeaseId">The delivery.</param>
/// <param name="Reason">What went wrong, in words; kept with the message when it is parked.</param>
public sealed record FailedDelivery(string LeaseId, string Reason);
