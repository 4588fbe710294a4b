namespace Aisle.Local.Tests.PortableSql;

/// <summary>A program that is absent, failed, or took too long.</summary>
internal sealed class CommandException(string message) : Exception(message);
