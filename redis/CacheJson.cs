using System.Text.Json.Serialization;
using Aisle.Candidates.Lists;

namespace Aisle.Redis;

/// <summary>The pointer's JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ServingManifest))]
internal sealed partial class CacheJson : JsonSerializerContext;
