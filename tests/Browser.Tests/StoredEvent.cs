namespace Aisle.Browser.Tests;

/// <summary>A row of the warehouse, as far as the browser's script determines it.</summary>
internal sealed record StoredEvent(
    string EventType, string UserId, string? AssignmentId, string? ProductId, string? SessionId, string? PageType, long? PageLoadMs, string? SlateId, long? Position,
    long? Quantity, long? RevenueMinor, string? OrderId, string? DeviceType);
