namespace Aisle.Client;

/// <summary>A change that acts on the next slate.</summary>
public sealed record ProductChange
{
    /// <summary>The new price; null leaves it.</summary>
    public decimal? Price { get; init; }

    /// <summary>Its currency; needed with a price.</summary>
    public string? Currency { get; init; }

    /// <summary>Whether it can be bought; null leaves it.</summary>
    public bool? InStock { get; init; }
}
