using Aisle.Candidates.Lists;
using Aisle.Candidates.Shoppers;
using Aisle.Ports;

namespace Aisle.Testing.Contracts;

/// <summary>What every candidate store promises.</summary>
public abstract class CandidateStoreContract
{
    protected abstract Task<ICandidateStore> CreateAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_comes_back_as_it_was_written()
    {
        ICandidateStore store = await CreateAsync();
        CandidateList list = Some.CandidateList("a", "x", "größe 7", "z") with { Strategy = Strategy.ContentOnly };

        await store.WriteAsync("v1", [list], Token);

        Assert.Equivalent(list, await store.ReadAsync("v1", Some.User("a"), Token), strict: true);
    }

    [Fact]
    public async Task Versions_do_not_see_each_other()
    {
        ICandidateStore store = await CreateAsync();
        await store.WriteAsync("v1", [Some.CandidateList("a", "x")], Token);

        Assert.Null(await store.ReadAsync("v2", Some.User("a"), Token));
    }

    [Fact]
    public async Task Writing_a_list_again_replaces_it()
    {
        ICandidateStore store = await CreateAsync();
        await store.WriteAsync("v1", [Some.CandidateList("a", "x")], Token);
        await store.WriteAsync("v1", [Some.CandidateList("a", "y"), Some.CandidateList("b")], Token);

        Assert.Equal(Some.ProductId("y"), Assert.Single((await store.ReadAsync("v1", Some.User("a"), Token))!.Items).Product);
    }

    [Fact]
    public async Task The_pointer_is_absent_first_and_then_what_was_published_last()
    {
        ICandidateStore store = await CreateAsync();
        Assert.Null(await store.ReadManifestAsync(Token));

        await store.PublishAsync(Some.Manifest("v1"), Token);
        await store.PublishAsync(Some.Manifest("v2") with { PreviousVersion = "v1" }, Token);

        Assert.Equal(Some.Manifest("v2") with { PreviousVersion = "v1" }, await store.ReadManifestAsync(Token));
    }

    [Fact]
    public async Task A_dropped_version_is_gone_but_the_serving_one_is_kept()
    {
        ICandidateStore store = await CreateAsync();
        await store.WriteAsync("v1", [Some.CandidateList("a")], Token);
        await store.WriteAsync("v2", [Some.CandidateList("a")], Token);
        await store.PublishAsync(Some.Manifest("v2"), Token);

        await store.DropAsync("v1", Token);

        Assert.Null(await store.ReadAsync("v1", Some.User("a"), Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.DropAsync("v2", Token));
        Assert.NotNull(await store.ReadAsync("v2", Some.User("a"), Token));
    }

    [Fact]
    public async Task Deleting_a_shopper_removes_the_lists_of_every_version()
    {
        ICandidateStore store = await CreateAsync();
        await store.WriteAsync("v1", [Some.CandidateList("a"), Some.CandidateList("b")], Token);
        await store.WriteAsync("v2", [Some.CandidateList("a")], Token);

        Assert.Equal(2, await store.DeleteUserAsync(Some.User("a"), Token));
        Assert.Null(await store.ReadAsync("v1", Some.User("a"), Token));
        Assert.NotNull(await store.ReadAsync("v1", Some.User("b"), Token));
    }
}
