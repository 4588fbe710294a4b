using System.Diagnostics.Metrics;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Ports;
using Aisle.Reranking;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Logging;
using Aisle.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aisle.ScoreUser.Tests;

/// <summary>What becomes of slates and exposures when their logs fail, time out or are stopped.</summary>
public sealed class SlateLoggerTests : IDisposable
{
    private readonly StubLog<Slate> _slates = new();
    private readonly StubLog<Exposure> _exposures = new();
    private readonly SlateLogger _logger;

    public SlateLoggerTests() => _logger = new SlateLogger(new SlateLog(_slates), new ExposureLog(_exposures), new ScoreUserOptions(), NullLogger<SlateLogger>.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _logger.Dispose();

    [Fact]
    public async Task Exposures_that_could_not_be_written_are_written_with_the_next_and_hold_up_no_slates()
    {
        await LogAsync("first");
        _exposures.Append = (_, _) => throw new IOException("The disk is full.");

        await Assert.ThrowsAsync<IOException>(() => _logger.FlushAsync(Token));
        Assert.Equal(("first", 0), (Assert.Single(_slates.Written).Id.Value, _exposures.Written.Count));

        _exposures.Append = null;
        await _logger.FlushAsync(Token);
        Assert.Single(_exposures.Written);
    }

    [Fact]
    public async Task Slates_that_find_no_place_are_counted_and_the_answer_does_not_wait()
    {
        long dropped = 0;
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "aisle.slates.dropped")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref dropped, value));
        listener.Start();
        using SlateLogger full = new(new SlateLog(_slates), new ExposureLog(_exposures), new ScoreUserOptions { LogCapacity = 1 }, NullLogger<SlateLogger>.Instance);

        full.Log(await OutcomeAsync("kept"), null);
        full.Log(await OutcomeAsync("dropped"), null);
        await full.FlushAsync(Token);

        Assert.Equal("kept", Assert.Single(_slates.Written).Id.Value);
        Assert.InRange(Interlocked.Read(ref dropped), 1, long.MaxValue); // other tests log, too
    }

    [Fact]
    public async Task A_stores_own_time_out_is_a_fault_and_the_loop_goes_on()
    {
        int attempts = 0;
        TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _exposures.Append = (_, _) => ++attempts == 1 ? throw new TaskCanceledException("The store timed out.") : Done(written);
        await LogAsync("first");

        await _logger.StartAsync(Token);
        await written.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
        await _logger.StopAsync(Token);

        Assert.True(_logger.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Single(_exposures.Written);
    }

    [Fact]
    public async Task A_stop_in_the_middle_of_a_write_leaves_the_batch_to_the_last_flush()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _slates.Append = (_, token) => token.CanBeCanceled ? HangAsync(begun, token) : Task.CompletedTask;
        _exposures.Append = (_, token) => token.CanBeCanceled ? HangAsync(begun, token) : Task.CompletedTask;
        await LogAsync("first");

        await _logger.StartAsync(Token);
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
        await _logger.StopAsync(Token);

        Assert.Single(_slates.Written);
        Assert.Single(_exposures.Written);
    }

    private static Task Done(TaskCompletionSource written)
    {
        written.TrySetResult();
        return Task.CompletedTask;
    }

    private static Task HangAsync(TaskCompletionSource begun, CancellationToken cancellationToken)
    {
        begun.TrySetResult();
        return Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }

    private async Task LogAsync(string slate) => _logger.Log(await OutcomeAsync(slate), new AssignmentId("visitor"));

    /// <summary>A slate of a real answer, under an id of ours, with one experiment that mattered.</summary>
    private static async Task<ScoreOutcome> OutcomeAsync(string slate)
    {
        using World world = await World.ServingAsync();
        await world.GetAsync("?user_id=u1");
        await world.Log.FlushAsync(Token);
        Slate answered = world.Slates.All[0] with { Id = new SlateId(slate) };
        Experiment experiment = Some.Experiment();
        return new ScoreOutcome
        {
            Slate = answered,
            Products = [],
            Variants = [],
            Exposed = [(experiment, experiment.Variants[0])],
            Degradations = [],
            Shortfall = null,
            ModelAgeSeconds = null,
            CandidatesAgeSeconds = null,
            FeaturesAgeSeconds = null,
        };
    }

    /// <summary>Keeps what was appended, unless told to do otherwise.</summary>
    private sealed class StubLog<T>
    {
        public List<T> Written { get; } = [];

        public Func<IReadOnlyList<T>, CancellationToken, Task>? Append { get; set; }

        public async Task AppendAsync(IReadOnlyList<T> entries, CancellationToken cancellationToken)
        {
            await (Append?.Invoke(entries, cancellationToken) ?? Task.CompletedTask);
            Written.AddRange(entries);
        }
    }

    private sealed class SlateLog(StubLog<Slate> log) : ISlateLog
    {
        public Task AppendAsync(IReadOnlyList<Slate> slates, CancellationToken cancellationToken) => log.AppendAsync(slates, cancellationToken);
    }

    private sealed class ExposureLog(StubLog<Exposure> log) : IExposureLog
    {
        public Task AppendAsync(IReadOnlyList<Exposure> exposures, CancellationToken cancellationToken) => log.AppendAsync(exposures, cancellationToken);
    }
}
