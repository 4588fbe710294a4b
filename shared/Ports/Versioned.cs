namespace Aisle.Ports;

/// <summary>A document with the tag under which it was read, for compare-and-set.</summary>
/// <param name="Value">The document.</param>
/// <param name="Tag">The store's opaque version of it.</param>
public sealed record Versioned<T>(T Value, string Tag);
