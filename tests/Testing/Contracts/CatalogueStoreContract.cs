using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Ports;

namespace Aisle.Testing.Contracts;

/// <summary>What every catalogue promises.</summary>
public abstract class CatalogueStoreContract
{
    protected abstract Task<ICatalogueStore> CreateAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_product_comes_back_as_it_was_written()
    {
        ICatalogueStore store = await CreateAsync();
        Product product = Some.Product() with
        {
            Subcategory = "Tools",
            Brand = "Ælf",
            Description = "A spade.",
            Tags = ["new", "steel"],
            CreatedDate = new DateOnly(2026, 1, 2),
            ImageUrl = "https://shop.example/1.jpg",
            InStock = false,
        };

        await store.UpsertAsync([product], Token);

        Assert.Equivalent(product, await store.FindAsync(product.Id, Token), strict: true);
    }

    [Fact]
    public async Task Upserting_again_replaces_the_whole_product()
    {
        ICatalogueStore store = await CreateAsync();
        await store.UpsertAsync([Some.Product() with { Brand = "Acme" }], Token);
        await store.UpsertAsync([Some.Product()], Token);

        Assert.Null((await store.FindAsync(Some.ProductId(), Token))!.Brand);
    }

    [Fact]
    public async Task Of_changes_that_come_at_once_none_is_lost()
    {
        ICatalogueStore store = await CreateAsync();
        await store.UpsertAsync([Some.Product() with { Tags = [] }], Token);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => store.UpdateAsync(Some.ProductId(), present => present with { Tags = [.. present.Tags, $"t{i}"] }, Token), Token)));

        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"t{i}"), (await store.FindAsync(Some.ProductId(), Token))!.Tags.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_shop_does_not_have_is_not_changed()
    {
        ICatalogueStore store = await CreateAsync();

        Assert.Null(await store.UpdateAsync(Some.ProductId(), _ => throw new InvalidOperationException("There is nothing to change."), Token));
        Assert.Null(await store.FindAsync(Some.ProductId(), Token));
    }

    [Fact]
    public async Task Many_are_found_at_once_and_unknown_ones_are_left_out()
    {
        ICatalogueStore store = await CreateAsync();
        await store.UpsertAsync([Some.Product("a"), Some.Product("b"), Some.Product("c")], Token);

        IReadOnlyDictionary<ProductId, Product> found = await store.FindManyAsync([Some.ProductId("c"), Some.ProductId("never"), Some.ProductId("a"), Some.ProductId("c")], Token);

        Assert.Equal(["a", "c"], found.Keys.Select(id => id.Value).Order(StringComparer.Ordinal));
        Assert.Equal("a", found[Some.ProductId("a")].Id.Value);
        Assert.Empty(await store.FindManyAsync([], Token));
    }

    [Fact]
    public async Task All_are_read_in_order_of_id()
    {
        ICatalogueStore store = await CreateAsync();
        string[] ids = [.. Enumerable.Range(0, 2500).Select(i => $"p{i:0000}")];
        await store.UpsertAsync([.. ids.Reverse().Select(id => Some.Product(id))], Token);

        Assert.Equal(ids, (await store.ReadAllAsync(Token).ToListAsync(Token)).Select(product => product.Id.Value));
    }

    [Fact]
    public async Task Deleted_products_are_gone_and_unknown_ones_are_ignored()
    {
        ICatalogueStore store = await CreateAsync();
        await store.UpsertAsync([Some.Product("a"), Some.Product("b")], Token);

        await store.DeleteAsync([Some.ProductId("a"), Some.ProductId("never")], Token);

        Assert.Null(await store.FindAsync(Some.ProductId("a"), Token));
        Assert.Single(await store.ReadAllAsync(Token).ToListAsync(Token));
    }
}
