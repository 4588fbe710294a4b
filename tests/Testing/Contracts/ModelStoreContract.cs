using Aisle.Ports;

namespace Aisle.Testing.Contracts;

/// <summary>What every store of model bundles promises.</summary>
public abstract class ModelStoreContract
{
    protected abstract Task<IModelStore> CreateAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_saved_bundle_opens_with_its_files()
    {
        using TemporaryFolder made = new();
        await File.WriteAllTextAsync(made.File("items.bin"), "bytes", Token);
        IModelStore store = await CreateAsync();

        await store.SaveAsync("v1", made.Path, Token);
        string? folder = await store.OpenAsync("v1", Token);

        Assert.NotNull(folder);
        Assert.Equal("bytes", await File.ReadAllTextAsync(Path.Combine(folder, "items.bin"), Token));
    }

    [Fact]
    public async Task An_unknown_version_is_null() => Assert.Null(await (await CreateAsync()).OpenAsync("v9", Token));

    [Fact]
    public async Task A_bundle_is_immutable()
    {
        using TemporaryFolder made = new();
        IModelStore store = await CreateAsync();
        await File.WriteAllTextAsync(made.File("a"), "first", Token);
        await store.SaveAsync("v1", made.Path, Token);
        await File.WriteAllTextAsync(made.File("a"), "second", Token);
        await store.SaveAsync("v1", made.Path, Token);

        Assert.Equal("first", await File.ReadAllTextAsync(Path.Combine((await store.OpenAsync("v1", Token))!, "a"), Token));
    }

    [Fact]
    public async Task Versions_are_listed_and_deleted()
    {
        using TemporaryFolder made = new();
        IModelStore store = await CreateAsync();
        await store.SaveAsync("v2", made.Path, Token);
        await store.SaveAsync("v1", made.Path, Token);

        await store.DeleteAsync("v2", Token);
        await store.DeleteAsync("v2", Token);

        Assert.Equal(["v1"], await store.ListAsync(Token));
    }
}
