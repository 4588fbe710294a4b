namespace Aisle.Ports;

/// <summary>A message to publish: opaque bytes with a few words about them.</summary>
/// <param name="Data">The body, at most 1 MiB.</param>
/// <param name="Attributes">Short texts beside it, such as a trace id; may be empty.</param>
public sealed record QueueMessage(ReadOnlyMemory<byte> Data, IReadOnlyDictionary<string, string> Attributes);
