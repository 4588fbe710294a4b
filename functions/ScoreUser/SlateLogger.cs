using System.Threading.Channels;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Ports;
using Aisle.Reranking;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aisle.ScoreUser;

/// <summary>Writes slates and exposures behind the answers' back, in batches: logging never delays or fails a request. When the log cannot follow, slates are dropped and counted.</summary>
/// <param name="slates">The slate log.</param>
/// <param name="exposures">The exposure log.</param>
/// <param name="options">How many may wait.</param>
/// <param name="logger">Told of log faults and of what was dropped.</param>
public sealed class SlateLogger(ISlateLog slates, IExposureLog exposures, ScoreUserOptions options, ILogger<SlateLogger> logger) : BackgroundService
{
    private const int BatchSize = 1_000;

    private readonly Channel<Slate> _slates = Channel.CreateBounded<Slate>(
        new BoundedChannelOptions(options.LogCapacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Channel<Exposure> _exposures = Channel.CreateBounded<Exposure>(
        new BoundedChannelOptions(options.LogCapacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly ExposureMemory _seen = new();

    /// <summary>Takes a slate and its exposures; at once.</summary>
    public void Log(ScoreOutcome outcome, AssignmentId? assignment)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome.Slate.User is not { } user)
        {
            return; // without consent or identity nothing is written
        }

        _slates.Writer.TryWrite(outcome.Slate);
        if (assignment is not { } visitor)
        {
            return;
        }

        foreach ((Experiment experiment, Variant variant) in outcome.Variants)
        {
            if (_seen.IsFirst(experiment.Key, visitor))
            {
                _exposures.Writer.TryWrite(new Exposure(experiment.Key, visitor, user, variant.Name, outcome.Slate.ServedAt));
            }
        }
    }

    /// <summary>Writes what waits now.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        while (Take(_slates) is { Count: > 0 } batch)
        {
            await slates.AppendAsync(batch, cancellationToken);
        }

        while (Take(_exposures) is { Count: > 0 } batch)
        {
            await exposures.AppendAsync(batch, cancellationToken);
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
            while (await _slates.Reader.WaitToReadAsync(stoppingToken))
            {
                await Task.Delay(50, stoppingToken); // a batch, not a row
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
            logger.LogError(fault, "A batch of slates or exposures could not be logged.");
        }
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
