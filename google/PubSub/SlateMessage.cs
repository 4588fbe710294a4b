using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aisle.Events;
using Aisle.Reranking;

namespace Aisle.GoogleCloud.PubSub;

/// <summary>Slates as the body of a message: a JSON list in the fields' wire names.</summary>
public static class SlateMessage
{
    /// <summary>The attribute that says what a body is; the events' topic has it too.</summary>
    public const string SchemaAttribute = "schema";

    /// <summary>Its value for slates.</summary>
    public const string Schema = "slates/1";

    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter<SlotKind>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>The body of some slates.</summary>
    public static byte[] Encode(IEnumerable<Slate> slates) => JsonSerializer.SerializeToUtf8Bytes(slates.Select(Shown.Of), Form);

    /// <summary>The slates of a body.</summary>
    /// <param name="body">What was published.</param>
    /// <param name="slates">At least one slate.</param>
    /// <param name="problem">Why there are none; null where there are.</param>
    public static bool TryDecode(ReadOnlySpan<byte> body, [NotNullWhen(true)] out IReadOnlyList<Slate>? slates, [NotNullWhen(false)] out string? problem)
    {
        (slates, problem) = (null, null);
        try
        {
            slates = [.. (JsonSerializer.Deserialize<Shown?[]>(body, Form) ?? []).Select(shown => shown?.ToSlate() ?? throw new JsonException("A slate is null."))];
            problem = slates.Count > 0 ? null : "body: there is no slate in it; publish a list of slates.";
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException or NotSupportedException)
        {
            problem = $"body: {malformed.Message}";
        }

        return problem is null;
    }

    private sealed record Shown(
        string SlateId, string? UserId, string Surface, string[] Strategies, string[] Variants, string? ModelVersion, ulong Seed, int EligibleCount, string? Inputs,
        DateTimeOffset ServedAt, Position?[] Items)
    {
        public static Shown Of(Slate slate) => new(
            slate.Id.Value, slate.User?.Value, slate.Surface, [.. slate.Strategies], [.. slate.Variants], slate.ModelVersion, slate.Seed, slate.EligibleCount, slate.Inputs,
            slate.ServedAt, [.. slate.Items.Select(item => new Position(item.Product.Value, item.Rank, item.Score, item.Slot, item.Propensity))]);

        public Slate ToSlate() => new()
        {
            Id = new SlateId(SlateId),
            User = UserId is null ? null : new UserId(UserId),
            Surface = Surface,
            Strategies = Strategies,
            Variants = Variants,
            ModelVersion = ModelVersion,
            Seed = Seed,
            EligibleCount = EligibleCount,
            Inputs = Inputs,
            ServedAt = ServedAt,
            Items = [.. Items.Select(item => item?.ToItem() ?? throw new JsonException("A position is null."))],
        };
    }

    private sealed record Position(string ProductId, [property: JsonPropertyName("position")] int Rank, double Score, SlotKind Slot, double Propensity)
    {
        public SlateItem ToItem() => new(new ProductId(ProductId), Rank, Score, Slot, Propensity);
    }
}
