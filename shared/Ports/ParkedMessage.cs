namespace Aisle.Ports;

/// <summary>A message that cannot be processed, kept with its original bytes and the reason, so that nothing is lost.</summary>
/// <param name="MessageId">The queue's id of the message.</param>
/// <param name="Data">The body, byte for byte.</param>
/// <param name="Attributes">As published.</param>
/// <param name="Reason">What was wrong, in words that name the field and the remedy.</param>
/// <param name="ParkedAt">When, UTC.</param>
public sealed record ParkedMessage(
    string MessageId, ReadOnlyMemory<byte> Data, IReadOnlyDictionary<string, string> Attributes, string Reason, DateTimeOffset ParkedAt);
