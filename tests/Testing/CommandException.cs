namespace Aisle.Testing;

/// <summary>A program that is absent, failed, or took too long.</summary>
public sealed class CommandException(string message) : Exception(message);
