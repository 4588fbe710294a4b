using System.Text.Json.Serialization;

namespace Aisle.Client;

/// <summary>The JSON of requests and answers, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SlateQuery))]
[JsonSerializable(typeof(PageQuery))]
[JsonSerializable(typeof(RerankQuery))]
[JsonSerializable(typeof(Slate))]
[JsonSerializable(typeof(PageAnswer))]
[JsonSerializable(typeof(EventBatch))]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(IdentityPair))]
[JsonSerializable(typeof(ProductBatch))]
[JsonSerializable(typeof(AcceptedCount))]
[JsonSerializable(typeof(CatalogueProduct))]
[JsonSerializable(typeof(ProductChange))]
[JsonSerializable(typeof(ProblemDocument))]
internal sealed partial class ClientJson : JsonSerializerContext;
