using System.Buffers;
using System.Threading.Channels;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Ports;
using Aisle.Reranking;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Replaying;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aisle.ScoreUser.Logging;

/// <summary>Writes slates and exposures behind the answers' back, in batches: logging never delays or fails a request. When the log cannot follow, slates are dropped and counted.</summary>
/// <param name="slates">The slate log.</param>
/// <param name="exposures">The exposure log.</param>
/// <param name="options">How many may wait.</param>
/// <param name="logger">Told of log faults and of what was dropped.</param>
public sealed class SlateLogger(ISlateLog slates, IExposureLog exposures, ScoreUserOptions options, ILogger<SlateLogger> logger) : BackgroundService
{
    private const int BatchSize = 1_000;

    /// <summary>How long slates are gathered, and the patience after a fault. A transaction of the warehouse costs as much as some hundred slates, whatever is in it.</summary>
    private static readonly TimeSpan BatchInterval = TimeSpan.FromSeconds(1);

    private readonly Channel<(Slate Slate, SlateRecord? Record)> _slates = Channel.CreateBounded<(Slate, SlateRecord?)>(new BoundedChannelOptions(options.LogCapacity) { SingleReader = true });
    private readonly Channel<Exposure> _exposures = Channel.CreateBounded<Exposure>(new BoundedChannelOptions(options.LogCapacity) { SingleReader = true });
    private readonly List<Slate> _unwritten = [];
    private readonly ArrayBufferWriter<byte> _recordText = new(8 * 1024);
    private readonly ExposureMemory _seen = new();
    private long _dropped;

    /// <summary>How many slates found no place, because the log could not follow.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

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

        if (!_slates.Writer.TryWrite((outcome.Slate, outcome.Record)))
        {
            Interlocked.Increment(ref _dropped);
        }

        if (assignment is not { } visitor)
        {
            return;
        }

        foreach ((Experiment experiment, Variant variant) in outcome.Exposed)
        {
            bool isFirst = _seen.IsFirst(experiment.Key, visitor);
            Exposure exposure = new(experiment.Key, visitor, user, variant.Name, outcome.Slate.ServedAt) { AgeBracket = profile?.AgeBracket, Location = profile?.Location };
            if (isFirst && !_exposures.Writer.TryWrite(exposure))
            {
                _seen.Forget(experiment.Key, visitor);
            }
        }
    }

    /// <summary>Writes what waits now. A batch of slates that could not be written is kept and written with the next; its exposures will be logged again.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        while (Take(_exposures) is { Count: > 0 } batch)
        {
            await AppendAsync(batch, cancellationToken);
        }

        while (FillUp().Count > 0)
        {
            await slates.AppendAsync(_unwritten, cancellationToken);
            _unwritten.Clear();
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryFlushAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (_unwritten.Count > 0 || await _slates.Reader.WaitToReadAsync(stoppingToken))
            {
                await Task.Delay(BatchInterval, stoppingToken);
                await TryFlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.LogDebug("The slate log ends with the host.");
        }
    }

    private async Task TryFlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException and not OutOfMemoryException)
        {
            // Broad: each store throws what its driver throws, and a background service that lets one through ends the host, hence the shelves with the log.
            logger.LogError(fault, "A batch of slates or exposures could not be logged; slates are written with the next batch, exposures at the next visit.");
        }
    }

    private async Task AppendAsync(List<Exposure> batch, CancellationToken cancellationToken)
    {
        try
        {
            await exposures.AppendAsync(batch, cancellationToken);
        }
        catch // whatever it was: these exposures are not in the log
        {
            batch.ForEach(exposure => _seen.Forget(exposure.Experiment, exposure.Assignment));
            throw;
        }
    }

    private List<Slate> FillUp()
    {
        while (_unwritten.Count < BatchSize && _slates.Reader.TryRead(out (Slate Slate, SlateRecord? Record) waiting))
        {
            _unwritten.Add(waiting.Record is { } record ? waiting.Slate with { Inputs = SlateRecordJson.Write(record, _recordText) } : waiting.Slate);
        }

        return _unwritten;
    }

    private static List<T> Take<T>(Channel<T> channel)
    {
        List<T> batch = [];
        while (batch.Count < BatchSize && channel.Reader.TryRead(out T? entry))
        {
            batch.Add(entry);
        }

        return batch;
    }
}
