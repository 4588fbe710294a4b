using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aisle.ScoreUser.Replaying;

/// <summary>Session features as far as a slate follows from them.</summary>
internal sealed record RecordedProfile : IJsonOnDeserialized
{
    /// <summary>The latest interactions, in the document's order: flat, four values each.</summary>
    [JsonConverter(typeof(RecordedTouchesConverter))]
    public required IReadOnlyList<RecordedTouch> Recent { get; init; }

    /// <summary>The latest distinct products.</summary>
    [JsonConverter(typeof(RecordedProductsConverter))]
    public IReadOnlyList<RecordedProduct>? Distinct { get; init; }

    /// <summary>The latest distinct purchases.</summary>
    [JsonConverter(typeof(RecordedProductsConverter))]
    public IReadOnlyList<RecordedProduct>? Purchased { get; init; }

    /// <summary>The shopper's own price, minor units.</summary>
    public double? Price { get; init; }

    /// <summary>Order lines of the last 30 days.</summary>
    public int Purchases { get; init; }

    /// <summary>Age bracket.</summary>
    public string? Age { get; init; }

    /// <summary>Location.</summary>
    public string? Location { get; init; }

    /// <summary>Device.</summary>
    public string? Device { get; init; }

    /// <summary>The newest event, microseconds since 1970.</summary>
    public long Newest { get; init; }

    /// <summary>When the document expired, microseconds since 1970.</summary>
    public long Expires { get; init; }

    /// <inheritdoc/>
    /// <exception cref="JsonException">There is no list of interactions, or a product points to none.</exception>
    public void OnDeserialized()
    {
        if (Recent is null || (Distinct ?? []).Concat(Purchased ?? []).Any(product => product.Recent >= Recent.Count))
        {
            throw new JsonException("There are no interactions, or a product points to none.");
        }
    }
}
