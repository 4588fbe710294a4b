namespace Aisle.Client;

internal sealed record PageAnswer(IReadOnlyList<Slate> Slates);

internal sealed record EventBatch(IReadOnlyList<ShopEvent> Events);

internal sealed record IdentityPair(string AnonymousId, string UserId);

internal sealed record ProductBatch(IReadOnlyList<CatalogueProduct> Products);

internal sealed record AcceptedCount(int Accepted);
