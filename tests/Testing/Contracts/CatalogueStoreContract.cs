using Aisle.Catalogue;
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
