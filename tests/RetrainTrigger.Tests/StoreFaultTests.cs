using Aisle.Ports;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;
using Aisle.RetrainTrigger.Tests.Faults;
using Aisle.Sql;

namespace Aisle.RetrainTrigger.Tests;

/// <summary>At every step a store is full or locked: the run says so and what to do, a whole model serves, and
/// the next trigger goes on.</summary>
public sealed class StoreFaultTests : IAsyncDisposable
{
    private const int NoSpace = 28;

    private static readonly bool[] FullOrLocked = [false, true];

    private readonly World _world = new();
    private Exception? _fault;

    public static TheoryData<string, bool> Cases => new(
        from step in StepNames.All.Where(step => step is not (StepNames.Factors or StepNames.Content)) // those two touch files alone: RunFaultsTests
        from isLocked in FullOrLocked
        select new TheoryDataRow<string, bool>(step, isLocked));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_store_that_is_full_or_locked_breaks_the_run_off_and_the_next_trigger_goes_on(string step, bool isLocked)
    {
        await _world.FillAsync(Token);
        string before = (await WorkAsync(_world.Retrainer, isForced: true)).ModelVersion;
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        Run run = Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: true, Token)).Run;
        _fault = isLocked
            ? new StoreUnavailableException("state.sqlite is locked by another process; end that process, or wait until it is done.", TimeSpan.FromSeconds(5), null)
            : new IOException("There is no space.", NoSpace);

        await Assert.ThrowsAsync(_fault.GetType(), () => FaultyAt(step).RunAsync(run.Id, Token));

        Run broken = (await _world.Ledger.FindAsync(run.Id, Token))!;
        Assert.Equal((RunState.Failed, RunStepState.Failed), (broken.State, broken.Steps.First(known => known.Name == step).State));
        Assert.Contains(isLocked ? "wait until it is done. Once that is done, trigger again" : "Free disk space, then trigger again", Assert.Single(broken.Reasons), StringComparison.Ordinal);
        string serving = (await _world.Candidates.ReadManifestAsync(Token))!.ModelVersion;
        Assert.Equal(step is StepNames.Features or StepNames.CleanUp ? run.ModelVersion : before, serving);
        Assert.NotNull(await _world.Models.OpenAsync(serving, Token));

        _fault = null;
        Run ended = await WorkAsync(FaultyAt(step), isForced: false);
        Assert.Equal((run.Id, RunState.Promoted), (ended.Id, ended.State));
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private async Task<Run> WorkAsync(Retrainer retrainer, bool isForced)
    {
        Run run = Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced, Token)).Run;
        return await retrainer.RunAsync(run.Id, Token);
    }

    /// <summary>The worker over stores of which one fails in a step and only there.</summary>
    private Retrainer FaultyAt(string step)
    {
        FaultyCandidates Candidates(string method) => new FaultyCandidates(_world.Candidates, method, () => _fault);
        FaultyModels Models(string method) => new FaultyModels(_world.Models, method, () => _fault);
        switch (step)
        {
            case StepNames.Snapshot:
                FailHistory(cutoff => cutoff == _world.Clock.GetUtcNow());
                return _world.Build();
            case StepNames.Evaluation:
                FailHistory(cutoff => cutoff < _world.Clock.GetUtcNow());
                return _world.Build();
            case StepNames.Recipe:
                return _world.Build(Candidates(nameof(ICandidateStore.ReadManifestAsync)));
            case StepNames.Neighbours:
                return _world.Build(profiles: new FaultyProfiles(_world.Profiles, nameof(IProfileStore.ReadManyAsync), () => _fault));
            case StepNames.Bundle:
                return _world.Build(models: Models(nameof(IModelStore.SaveAsync)));
            case StepNames.Gate:
                return _world.Build(models: Models(nameof(IModelStore.OpenAsync)));
            case StepNames.Candidates:
                return _world.Build(Candidates(nameof(ICandidateStore.WriteAsync)));
            case StepNames.Publish:
                return _world.Build(Candidates(nameof(ICandidateStore.PublishAsync)));
            case StepNames.Features:
                return _world.Build(profiles: new FaultyProfiles(_world.Profiles, nameof(IProfileStore.WriteAsync), () => _fault));
            case StepNames.CleanUp:
                return _world.Build(models: Models(nameof(IModelStore.ListAsync)));
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step, "There is no store in this step.");
        }
    }

    private void FailHistory(Predicate<DateTimeOffset> fails) => _world.Warehouse.Answer(
        PortableQueries.UserItemScores,
        parameters => _fault is { } fault && fails((DateTimeOffset)parameters["cutoff"]) ? throw fault : _world.Scores(parameters));
}
