using Aisle.Experiments;
using Aisle.Ports;

namespace Aisle.Testing.Contracts;

/// <summary>What every store of experiments promises.</summary>
public abstract class ExperimentStoreContract
{
    protected abstract Task<IExperimentStore> CreateAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Experiments_come_back_as_written_in_order_of_key()
    {
        IExperimentStore store = await CreateAsync();
        Assert.True(await store.TryWriteAsync(Some.Experiment("b"), null, Token));
        Assert.True(await store.TryWriteAsync(Some.Experiment("a"), null, Token));

        IReadOnlyList<Versioned<Experiment>> all = await store.ReadAllAsync(Token);

        Assert.Equal(["a", "b"], all.Select(experiment => experiment.Value.Key));
        Assert.Equivalent(Some.Experiment("a"), all[0].Value, strict: true);
    }

    [Fact]
    public async Task A_taken_key_and_an_old_tag_are_refused()
    {
        IExperimentStore store = await CreateAsync();
        await store.TryWriteAsync(Some.Experiment(), null, Token);
        string tag = Assert.Single(await store.ReadAllAsync(Token)).Tag;

        Assert.False(await store.TryWriteAsync(Some.Experiment(), null, Token));
        Assert.True(await store.TryWriteAsync(Some.Experiment() with { State = ExperimentState.Stopped }, tag, Token));
        Assert.False(await store.TryWriteAsync(Some.Experiment(), tag, Token));
    }

    [Fact]
    public async Task An_experiment_is_removed_under_its_tag_only_and_its_key_is_free_again()
    {
        IExperimentStore store = await CreateAsync();
        await store.TryWriteAsync(Some.Experiment(), null, Token);
        Versioned<Experiment> old = Assert.Single(await store.ReadAllAsync(Token));
        await store.TryWriteAsync(old.Value with { State = ExperimentState.Stopped }, old.Tag, Token);
        string tag = Assert.Single(await store.ReadAllAsync(Token)).Tag;

        Assert.False(await store.TryDeleteAsync(old.Value.Key, old.Tag, Token));
        Assert.True(await store.TryDeleteAsync(old.Value.Key, tag, Token));
        Assert.False(await store.TryDeleteAsync(old.Value.Key, tag, Token));
        Assert.Empty(await store.ReadAllAsync(Token));
        Assert.True(await store.TryWriteAsync(Some.Experiment(), null, Token));
    }
}
