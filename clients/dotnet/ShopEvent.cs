using System.Text.Json.Serialization;

namespace Aisle.Client;

/// <summary>One act of a shopper.</summary>
public sealed record ShopEvent
{
    /// <summary>The sender's own id, at most 128 characters: the same id counts once, so send again whenever you are not sure.</summary>
    public required string EventId { get; init; }

    /// <summary>The shop's own id of the shopper.</summary>
    public required string UserId { get; init; }

    /// <summary>What was done.</summary>
    [JsonPropertyName("event_type")]
    public required ShopEventType Type { get; init; }

    /// <summary>When, at most 72 hours ago.</summary>
    [JsonPropertyName("event_timestamp")]
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The product; only a page view has none.</summary>
    public string? ProductId { get; init; }

    /// <summary>The visitor's first id.</summary>
    public string? AssignmentId { get; init; }

    /// <summary>The visit.</summary>
    public string? SessionId { get; init; }

    /// <summary>Such as <c>mobile</c>.</summary>
    public string? DeviceType { get; init; }

    /// <summary>What kind of page.</summary>
    public string? PageType { get; init; }

    /// <summary>How long the page took to load, milliseconds.</summary>
    public long? PageLoadMs { get; init; }

    /// <summary>How long it was looked at, milliseconds.</summary>
    public long? PageDwellMs { get; init; }

    /// <summary>How many pieces.</summary>
    public long? Quantity { get; init; }

    /// <summary>What one piece cost.</summary>
    public decimal? UnitPrice { get; init; }

    /// <summary>What the line brought; negative for a refund.</summary>
    public decimal? Revenue { get; init; }

    /// <summary>The currency of the amounts, ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>The order.</summary>
    public string? OrderId { get; init; }

    /// <summary>The slate that showed the product.</summary>
    public string? SlateId { get; init; }

    /// <summary>The product's rank there, from 1.</summary>
    public long? Position { get; init; }
}
