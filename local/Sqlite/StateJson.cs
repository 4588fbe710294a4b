using System.Text.Json.Serialization;
using Aisle.Candidates.Lists;
using Aisle.Catalogue;
using Aisle.Events.Features;
using Aisle.Experiments;
using Aisle.Ports;

namespace Aisle.Local.Sqlite;

/// <summary>How documents are stored: snake case, enumerations by name, absent values left out; generated at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(ShopperProfile))]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(Experiment))]
[JsonSerializable(typeof(Run))]
[JsonSerializable(typeof(ServingManifest))]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class StateJson : JsonSerializerContext;
