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

/// <summary>Reads and writes recorded inputs without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(RecordedInputs))]
internal sealed partial class RecordedInputsJson : JsonSerializerContext;
