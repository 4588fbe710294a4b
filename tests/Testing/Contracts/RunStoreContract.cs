using Aisle.Ports;

namespace Aisle.Testing.Contracts;

/// <summary>What every store of runs promises.</summary>
public abstract class RunStoreContract
{
    protected abstract Task<IRunStore> CreateAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_comes_back_as_it_was_written()
    {
        IRunStore store = await CreateAsync();
        Run run = Some.Run() with
        {
            Steps = [new RunStep { Name = "factors", State = RunStepState.Done, StartedAt = Some.Instant, EndedAt = Some.Instant, Progress = 1, Counts = new Dictionary<string, double> { ["users"] = 3 }, Digest = "d", InputDigest = "i" }],
            Reasons = ["Because."],
            LeasedUntil = Some.Instant.AddMinutes(1),
            Attempt = 2,
            Erased = ["u_gone"],
            Kind = RunKind.Content,
            Recipe = """{"hybrid":{"alpha":0.7}}""",
            CatalogueDigest = "c",
        };

        await store.TryWriteAsync(run, null, Token);

        Assert.Equivalent(run, (await store.ReadAsync(run.Id, Token))!.Value, strict: true);
    }

    [Fact]
    public async Task The_tag_that_a_write_returns_is_good_for_the_next()
    {
        IRunStore store = await CreateAsync();
        string? first = await store.TryWriteAsync(Some.Run(), null, Token);
        string? second = await store.TryWriteAsync(Some.Run() with { State = RunState.Promoted }, first, Token);

        Assert.NotNull(second);
        Assert.Null(await store.TryWriteAsync(Some.Run(), first, Token));
        Assert.Null(await store.TryWriteAsync(Some.Run(), null, Token));
        Assert.Equal(RunState.Promoted, (await store.ReadAsync(Some.Run().Id, Token))!.Value.State);
    }

    [Fact]
    public async Task The_latest_come_first()
    {
        IRunStore store = await CreateAsync();
        foreach (int day in new[] { 2, 3, 1 })
        {
            await store.TryWriteAsync(Some.Run($"r{day}") with { StartedAt = Some.Instant.AddDays(day) }, null, Token);
        }

        Assert.Equal(["r3", "r2"], (await store.ReadLatestAsync(2, Token)).Select(run => run.Id));
    }

    [Fact]
    public async Task An_unknown_run_is_null() => Assert.Null(await (await CreateAsync()).ReadAsync("nothing", Token));
}
