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

        Assert.NotNull(await store.TryWriteAsync("{ \"rules\": [] } ü", null, Token));

        Assert.Equal("{ \"rules\": [] } ü", (await store.ReadAsync(Token))!.Value);
    }

    [Fact]
    public async Task An_old_tag_is_refused_and_each_change_has_a_new_one()
    {
        IRuleStore store = await CreateAsync();
        string? first = await store.TryWriteAsync("1", null, Token);

        Assert.Equal(first, (await store.ReadAsync(Token))!.Tag);
        Assert.Null(await store.TryWriteAsync("2", null, Token));
        string? second = await store.TryWriteAsync("2", first, Token);
        Assert.NotNull(second);
        Assert.NotEqual(first, second);
        Assert.Null(await store.TryWriteAsync("3", first, Token));
        Assert.Equal(second, (await store.ReadAsync(Token))!.Tag);
    }

    [Fact]
    public async Task Of_many_changes_of_one_tag_at_once_one_is_made()
    {
        IRuleStore store = await CreateAsync();
        string? tag = await store.TryWriteAsync("start", null, Token);

        string?[] tags = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => store.TryWriteAsync($"change {i}", tag, Token), Token)));

        Assert.Equal((await store.ReadAsync(Token))!.Tag, Assert.Single(tags, written => written is not null));
    }
}
