using System.Diagnostics.Metrics;
using System.Text;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Experiments;
using Aisle.Ports;
using Aisle.Reranking;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Replaying;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aisle.ScoreUser.Logging;

/// <summary>Writes slates and exposures behind the answers' back, in batches: no store delays or fails a request. When the log cannot
/// follow, slates are dropped and counted.</summary>
public sealed class SlateLogger : BackgroundService
{
    /// <summary>How long slates are gathered, and the patience after a fault. A transaction of the warehouse costs as much as some
    /// hundred slates, whatever is in it.</summary>
    private static readonly TimeSpan BatchInterval = TimeSpan.FromSeconds(1);

    private static readonly Meter Meter = new("Aisle.ScoreUser");
    private static readonly Counter<long> Dropped = Meter.CreateCounter<long>("aisle.slates.dropped", "{slate}", "Slates that found no place in the log.");

    private readonly ISlateLog _slateLog;
    private readonly IExposureLog _exposureLog;
    private readonly ILogger<SlateLogger> _logger;
    private readonly LogBuffer<(Slate Slate, byte[]? Inputs), Slate> _slates;
    private readonly LogBuffer<Exposure, Exposure> _exposures;
    private readonly ExposureMemory _seen = new();

    /// <summary>Waits for slates.</summary>
    /// <param name="slates">The slate log.</param>
    /// <param name="exposures">The exposure log.</param>
    /// <param name="options">How many may wait.</param>
    /// <param name="logger">Told of log faults.</param>
    public SlateLogger(ISlateLog slates, IExposureLog exposures, ScoreUserOptions options, ILogger<SlateLogger> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _slateLog = slates;
        _exposureLog = exposures;
        _logger = logger;
        _slates = new(options.LogCapacity, Entry);
        _exposures = new(options.LogCapacity, static exposure => exposure);
    }

    /// <summary>Takes a slate and its exposures; at once.</summary>
    /// <param name="outcome">The slate, and the variants in force.</param>
    /// <param name="assignment">What they were assigned by; null exposes to nothing.</param>
    /// <param name="profile">What is known of the shopper; null when nothing is.</param>
    public void Log(ScoreOutcome outcome, AssignmentId? assignment, ShopperProfile? profile = null)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome.Slate.User is not { } user)
        {
            return; // without consent or identity nothing is written
        }

        if (!_slates.TryAdd((outcome.Slate, InputsOf(outcome))))
        {
            Dropped.Add(1);
        }

        if (assignment is not { } visitor)
        {
            return;
        }

        foreach ((Experiment experiment, Variant variant) in outcome.Exposed)
        {
            bool isFirst = _seen.IsFirst(experiment.Key, visitor);
            Exposure exposure = new(experiment.Key, visitor, user, variant.Name, outcome.Slate.ServedAt) { AgeBracket = profile?.AgeBracket, Location = profile?.Location };
            if (isFirst && !_exposures.TryAdd(exposure))
            {
                _seen.Forget(experiment.Key, visitor);
            }
        }
    }

    /// <summary>Writes what waits now, each log for itself. A batch that could not be written is kept and written with the next.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => Task.WhenAll(
        _exposures.FlushAsync(_exposureLog.AppendAsync, cancellationToken),
        _slates.FlushAsync(_slateLog.AppendAsync, cancellationToken));

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (ExecuteTask is not { IsCompleted: false }) // else a log hangs, and whoever waits for it hangs too
        {
            await TryFlushAsync(CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (_slates.HasUnwritten || _exposures.HasUnwritten || await _slates.WaitAsync(stoppingToken))
            {
                await Task.Delay(BatchInterval, stoppingToken);
                await TryFlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            _logger.LogDebug("The slate log ends with the host.");
        }
    }

    private Task TryFlushAsync(CancellationToken cancellationToken) => Task.WhenAll(
        TryAsync(_exposures.FlushAsync(_exposureLog.AppendAsync, cancellationToken), "exposures", cancellationToken),
        TryAsync(_slates.FlushAsync(_slateLog.AppendAsync, cancellationToken), "slates", cancellationToken));

    private async Task TryAsync(Task written, string entries, CancellationToken cancellationToken)
    {
        try
        {
            await written;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !(fault is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            // Broad: each store throws what its driver throws, its own time-out too, and a background service that lets one through
            // ends the host, hence the shelves with the log.
            _logger.LogError(fault, "A batch of {Entries} could not be logged; it is written with the next.", entries);
        }
    }

    /// <summary>The record as it will be written. Waiting itself, a record would keep all that was read of the shopper alive: thousands of objects that every collection of garbage would have to move.</summary>
    private static byte[]? InputsOf(ScoreOutcome outcome) => outcome.Record is { } record ? SlateRecordJson.Write(record) : null;

    private static Slate Entry((Slate Slate, byte[]? Inputs) waiting) =>
        waiting.Inputs is { } inputs ? waiting.Slate with { Inputs = Encoding.UTF8.GetString(inputs) } : waiting.Slate;
}
