using Aisle.Ports;

namespace Aisle.Testing.Contracts;

/// <summary>What every store of merchandising rules promises.</summary>
public abstract class RuleStoreContract
{
    protected abstract Task<IRuleStore> CreateAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_comes_back_as_written_and_there_is_none_before()
    {
        IRuleStore store = await CreateAsync();
        Assert.Null(await store.ReadAsync(Token));

        Assert.True(await store.TryWriteAsync("{ \"rules\": [] } ü", null, Token));

        Assert.Equal("{ \"rules\": [] } ü", (await store.ReadAsync(Token))!.Value);
    }

    [Fact]
    public async Task An_old_tag_is_refused_and_each_change_has_a_new_one()
    {
        IRuleStore store = await CreateAsync();
        await store.TryWriteAsync("1", null, Token);
        string first = (await store.ReadAsync(Token))!.Tag;

        Assert.False(await store.TryWriteAsync("2", null, Token));
        Assert.True(await store.TryWriteAsync("2", first, Token));
        Assert.False(await store.TryWriteAsync("3", first, Token));
        Assert.NotEqual(first, (await store.ReadAsync(Token))!.Tag);
    }
}
