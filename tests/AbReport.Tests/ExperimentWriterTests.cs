using Aisle.AbReport.Requests;
using Aisle.Experiments;
using Aisle.Ports;
using Aisle.Testing;
using Aisle.Testing.Fakes;

namespace Aisle.AbReport.Tests;

/// <summary>Experiments of one layer that are written at once: never two that own a bucket.</summary>
public sealed class ExperimentWriterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_experiments_that_come_at_once_for_the_same_buckets_one_is_written()
    {
        InMemoryExperimentStore store = new();
        using ExperimentWriter writer = new(store);

        ExperimentWrite[] writes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => writer.WriteAsync(InLayer($"e{i}"), null, Token), Token)));

        Assert.Single(writes.OfType<ExperimentWrite.Written>());
        Assert.Equal(19, writes.OfType<ExperimentWrite.Clashing>().Count());
        Assert.Single(await store.ReadAllAsync(Token));
    }

    [Fact]
    public async Task Of_a_new_experiment_that_another_process_outran_nothing_is_left_and_its_key_is_free()
    {
        InMemoryExperimentStore store = new();
        using ExperimentWriter writer = new(new RacingStore(store, () => store.TryWriteAsync(InLayer("theirs"), null, Token)));

        ExperimentWrite write = await writer.WriteAsync(InLayer("ours"), null, Token);
        ExperimentWrite elsewhere = await writer.WriteAsync(InLayer("ours") with { Layer = "cart" }, null, Token);

        Assert.Equal("home", Assert.IsType<ExperimentWrite.TakenBack>(write).Layer);
        Assert.IsType<ExperimentWrite.Written>(elsewhere);
    }

    [Fact]
    public async Task Of_two_processes_that_create_at_once_never_both_win_and_who_tries_again_is_told_of_the_winner()
    {
        InMemoryExperimentStore store = new();
        using ExperimentWriter ours = new(store);
        using ExperimentWriter theirs = new(new RacingStore(store, () => ours.WriteAsync(InLayer("ours"), null, Token)));

        ExperimentWrite lost = await theirs.WriteAsync(InLayer("theirs"), null, Token);
        ExperimentWrite again = await theirs.WriteAsync(InLayer("theirs"), null, Token);

        Assert.IsType<ExperimentWrite.TakenBack>(lost);
        Assert.Contains("'ours'", Assert.IsType<ExperimentWrite.Clashing>(again).Problems[0].Problem, StringComparison.Ordinal);
        Assert.Equal("ours", Assert.Single(await store.ReadAllAsync(Token)).Value.Key);
    }

    [Fact]
    public async Task A_change_that_another_process_outran_is_taken_back()
    {
        InMemoryExperimentStore store = new();
        Experiment theirs = InLayer("theirs") with { StartsAt = Some.Instant.AddDays(28), EndsAt = Some.Instant.AddDays(56) };
        await store.TryWriteAsync(InLayer("ours"), null, Token);
        using ExperimentWriter writer = new(new RacingStore(store, () => store.TryWriteAsync(theirs, null, Token)));
        Versioned<Experiment> known = Assert.Single(await store.ReadAllAsync(Token));

        ExperimentWrite write = await writer.WriteAsync(known.Value with { EndsAt = Some.Instant.AddDays(35) }, known, Token);

        Assert.IsType<ExperimentWrite.TakenBack>(write);
        Assert.Equal(known.Value.EndsAt, (await store.ReadAllAsync(Token)).Single(one => one.Value.Key == "ours").Value.EndsAt);
    }

    private static Experiment InLayer(string key) => new()
    {
        Key = key,
        Salt = "home",
        Layer = "home",
        Variants = [new("control", 0, 5_000, new Dictionary<string, string>()), new("varied", 5_000, 10_000, new Dictionary<string, string>())],
        StartsAt = Some.Instant,
        EndsAt = Some.Instant.AddDays(28),
        State = ExperimentState.Running,
    };

    /// <summary>Another process writes just before the first write of this one.</summary>
    private sealed class RacingStore(InMemoryExperimentStore inner, Func<Task> race) : IExperimentStore
    {
        private bool _hasRaced;

        public Task<IReadOnlyList<Versioned<Experiment>>> ReadAllAsync(CancellationToken cancellationToken) => inner.ReadAllAsync(cancellationToken);

        public async Task<bool> TryWriteAsync(Experiment experiment, string? expectedTag, CancellationToken cancellationToken)
        {
            if (!_hasRaced)
            {
                _hasRaced = true;
                await race();
            }

            return await inner.TryWriteAsync(experiment, expectedTag, cancellationToken);
        }

        public Task<bool> TryDeleteAsync(string key, string expectedTag, CancellationToken cancellationToken) => inner.TryDeleteAsync(key, expectedTag, cancellationToken);
    }
}
