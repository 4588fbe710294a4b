using Aisle.Events;
using Aisle.Events.Features;
using Aisle.ScoreUser.Requests;

namespace Aisle.ScoreUser.Replaying;

/// <summary>What a slate followed from beside model, variants and seed. Kept by reference while the slate is made, and
/// written before it waits for the log.</summary>
public sealed class SlateRecord
{
    private static readonly IReadOnlyDictionary<ProductId, int> Nothing = new Dictionary<ProductId, int>();

    private Dictionary<ProductId, int>? _served;

    /// <summary>The moment.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The currency of the prices in the request.</summary>
    public required string Currency { get; init; }

    /// <summary>What was asked for.</summary>
    public required SlateRequest Request { get; init; }

    /// <summary>The caller's list; null where none was brought.</summary>
    public IReadOnlyList<ProductId>? Listed { get; init; }

    /// <summary>The session features as they were read; null when there were none.</summary>
    public ShopperProfile? Profile { get; init; }

    /// <summary>When the precomputed list was made that was read; null when none was.</summary>
    public DateTimeOffset? ListMadeAt { get; init; }

    /// <summary>The chance.</summary>
    public ulong Seed { get; set; }

    /// <summary>Which rules held, by the tag of their document; null for none.</summary>
    public string? RulesTag { get; init; }

    /// <summary>How far price and stock changes were known.</summary>
    public long AvailabilityVersion { get; init; }

    /// <summary>In how many slates each new product had been served by this instance; those that never were are left out.</summary>
    public IReadOnlyDictionary<ProductId, int> Served => _served ?? Nothing;

    /// <summary>What it had to do without.</summary>
    public IReadOnlyList<string> Degradations { get; set; } = [];

    /// <summary>Takes note of how often a new product had been served.</summary>
    public void Serve(ProductId product, int times)
    {
        if (times > 0)
        {
            (_served ??= [])[product] = times;
        }
    }
}
