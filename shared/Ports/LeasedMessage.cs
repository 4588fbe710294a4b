namespace Aisle.Ports;

/// <summary>A message in somebody's hands for a while; without an acknowledgement it comes again.</summary>
/// <param name="LeaseId">What acknowledges this delivery, and only this one.</param>
/// <param name="MessageId">The queue's id of the message; the same on each delivery.</param>
/// <param name="Data">The body as it was published.</param>
/// <param name="Attributes">As published.</param>
/// <param name="DeliveryAttempt">1 for the first delivery.</param>
public sealed record LeasedMessage(
    string LeaseId, string MessageId, ReadOnlyMemory<byte> Data, IReadOnlyDictionary<string, string> Attributes, int DeliveryAttempt);
