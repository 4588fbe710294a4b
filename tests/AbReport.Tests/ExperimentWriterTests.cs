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
    public async Task A_new_experiment_that_another_process_outran_never_begins()
    {
        RacingStore store = new(InLayer("theirs"));
        using ExperimentWriter writer = new(store);

        ExperimentWrite write = await writer.WriteAsync(InLayer("ours"), null, Token);

        Assert.Contains("'theirs'", Assert.IsType<ExperimentWrite.Clashing>(write).Problems[0].Problem, StringComparison.Ordinal);
        Experiment ours = (await store.ReadAllAsync(Token)).Single(one => one.Value.Key == "ours").Value;
        Assert.Equal((ExperimentState.Stopped, ours.StartsAt), (ours.State, ours.StoppedAt));
    }

    [Fact]
    public async Task A_change_that_another_process_outran_is_taken_back()
    {
        RacingStore store = new(InLayer("theirs") with { StartsAt = Some.Instant.AddDays(28), EndsAt = Some.Instant.AddDays(56) });
        await store.Inner.TryWriteAsync(InLayer("ours"), null, Token);
        using ExperimentWriter writer = new(store);
        Versioned<Experiment> known = Assert.Single(await store.ReadAllAsync(Token));

        ExperimentWrite write = await writer.WriteAsync(known.Value with { EndsAt = Some.Instant.AddDays(35) }, known, Token);

        Assert.IsType<ExperimentWrite.Clashing>(write);
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

    /// <summary>Another process writes an experiment of its own just before the first write.</summary>
    private sealed class RacingStore(Experiment other) : IExperimentStore
    {
        private bool _hasRaced;

        public InMemoryExperimentStore Inner { get; } = new();

        public Task<IReadOnlyList<Versioned<Experiment>>> ReadAllAsync(CancellationToken cancellationToken) => Inner.ReadAllAsync(cancellationToken);

        public async Task<bool> TryWriteAsync(Experiment experiment, string? expectedTag, CancellationToken cancellationToken)
        {
            if (!_hasRaced)
            {
                _hasRaced = true;
                await Inner.TryWriteAsync(other, null, cancellationToken);
            }

            return await Inner.TryWriteAsync(experiment, expectedTag, cancellationToken);
        }
    }
}
