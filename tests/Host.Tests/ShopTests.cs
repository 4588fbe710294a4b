namespace Aisle.Host.Tests;

/// <summary>The tests that share one running host.</summary>
[CollectionDefinition(Name)]
public sealed class ShopTests : ICollectionFixture<ShopFixture>
{
    public const string Name = "shop";
}
