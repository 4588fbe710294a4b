namespace Aisle.Client;

/// <summary>One product at one position.</summary>
public sealed record SlateItem
{
    /// <summary>The shop's own id of the product.</summary>
    public required string ProductId { get; init; }

    /// <summary>Its position, from 1.</summary>
    public required int Rank { get; init; }

    /// <summary>How well it fits, in the model's own scale.</summary>
    public required double Score { get; init; }

    /// <summary>Why the position was filled the way it was, such as <c>ranked</c> or <c>exploration</c>.</summary>
    public required string Slot { get; init; }

    /// <summary>How likely this product was at this position, in (0, 1].</summary>
    public required double Propensity { get; init; }

    /// <summary>Why it is shown.</summary>
    public required Reason Reason { get; init; }

    /// <summary>Its name; null when the catalogue has none.</summary>
    public required string? Title { get; init; }

    /// <summary>Its brand; null when the catalogue has none.</summary>
    public required string? Brand { get; init; }

    /// <summary>Its category; null when the catalogue has none.</summary>
    public required string? Category { get; init; }

    /// <summary>What it costs now; null when unknown.</summary>
    public required decimal? Price { get; init; }

    /// <summary>The price's currency, ISO 4217; null without a price.</summary>
    public required string? Currency { get; init; }

    /// <summary>Its picture; null when the catalogue has none.</summary>
    public required string? ImageUrl { get; init; }
}
