namespace Aisle.Client;

/// <summary>The API keys that a caller has; one for each role. A method whose key is missing refuses before it sends.</summary>
public sealed record AisleKeys
{
    /// <summary>Asks for slates.</summary>
    public string? Storefront { get; init; }

    /// <summary>Sends events and identities.</summary>
    public string? Collector { get; init; }

    /// <summary>Keeps the catalogue; may do everything.</summary>
    public string? Operator { get; init; }
}
