using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aisle.Reranking.Rules;

/// <summary>Reads and writes rules without reflection; a field that nobody knows is an error, so that a typing slip is noticed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true, Converters = [typeof(RuleActionNames)])]
[JsonSerializable(typeof(RuleDocument))]
internal sealed partial class RuleJson : JsonSerializerContext;

/// <summary>Actions in lower case.</summary>
internal sealed class RuleActionNames() : JsonStringEnumConverter<RuleAction>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
