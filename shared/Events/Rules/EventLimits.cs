namespace Aisle.Events.Rules;

/// <summary>What makes an event acceptable, apart from its form.</summary>
public sealed record EventLimits
{
    /// <summary>What the collector accepts from browsers and shop servers.</summary>
    public static EventLimits Collector { get; } = new();

    /// <summary>What the operator's import and backfill accept: any age, no buyer, sales without a price.</summary>
    public static EventLimits Import { get; } = new() { MaxAge = null, RequiresUser = false, RequiresRevenue = false };

    /// <summary>The oldest event that is accepted; null for any age. Default 72 hours.</summary>
    public TimeSpan? MaxAge { get; init; } = TimeSpan.FromHours(72);

    /// <summary>How far a sender's clock may be ahead. Default 5 minutes.</summary>
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether the shopper must be named. Default true.</summary>
    public bool RequiresUser { get; init; } = true;

    /// <summary>Whether a purchase or refund must carry its revenue. Default true.</summary>
    public bool RequiresRevenue { get; init; } = true;
}
