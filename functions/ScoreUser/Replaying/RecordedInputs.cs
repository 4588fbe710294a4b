using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aisle.ScoreUser.Replaying;

/// <summary>A record as it stands in the log. Names are short, since there is one of it for each slate.</summary>
internal sealed record RecordedInputs
{
    /// <summary>The request, in the fields of <c>POST /v1/recommendations</c>, without the shopper.</summary>
    public required JsonElement Request { get; init; }

    /// <summary>The moment, in .NET's ticks, UTC: the log's own time is coarser.</summary>
    public long Now { get; init; }

    /// <summary>The session features.</summary>
    public RecordedProfile? Profile { get; init; }

    /// <summary>When the precomputed list was made.</summary>
    public DateTimeOffset? ListMadeAt { get; init; }

    /// <summary>The chance; as text, since it exceeds what JSON's numbers hold everywhere.</summary>
    public required string Seed { get; init; }

    /// <summary>The tag of the rules.</summary>
    public string? Rules { get; init; }

    /// <summary>How far price and stock changes were known.</summary>
    public long Availability { get; init; }

    /// <summary>How often new products had been served.</summary>
    public Dictionary<string, int>? Served { get; init; }

    /// <summary>What it had to do without.</summary>
    public List<string>? Degraded { get; init; }
}

/// <summary>Session features as far as a slate follows from them.</summary>
internal sealed record RecordedProfile
{
    /// <summary>The latest interactions, oldest first.</summary>
    public required List<RecordedTouch> Recent { get; init; }

    /// <summary>The latest distinct products.</summary>
    public List<RecordedTouch>? Distinct { get; init; }

    /// <summary>The latest distinct purchases.</summary>
    public List<RecordedTouch>? Purchased { get; init; }

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
}

/// <summary>One touch.</summary>
/// <param name="P">The product.</param>
/// <param name="At">When, microseconds since 1970.</param>
/// <param name="T">What was done, by its number; 0 is left out.</param>
/// <param name="S">Which of the visits in the document, from 1; 0, for none named, is left out.</param>
internal sealed record RecordedTouch(string P, long At, int T = 0, int S = 0);

/// <summary>Reads and writes recorded inputs without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(RecordedInputs))]
internal sealed partial class RecordedInputsJson : JsonSerializerContext;
