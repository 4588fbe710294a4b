using Aisle.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aisle.IngestEvent;

/// <summary>Pumps the queue where no push subscription does: leases, ingests, acknowledges. Store faults are retried with growing delay; nothing is lost.</summary>
/// <param name="queue">What to pump.</param>
/// <param name="ingester">What handles a batch.</param>
/// <param name="options">Batch size, lease and delays.</param>
/// <param name="clock">Counts the delays.</param>
/// <param name="logger">Told of store faults.</param>
public sealed class IngestWorker(
    IEventQueue queue, EventIngester ingester, IngestWorkerOptions options, TimeProvider clock, ILogger<IngestWorker> logger) : BackgroundService
{
    /// <summary>Handles what is waiting now, until the queue has nothing more to lease.</summary>
    /// <returns>How many messages were handled.</returns>
    public async Task<int> DrainAsync(CancellationToken cancellationToken)
    {
        int handled = 0;
        int batch;
        do
        {
            batch = await PumpAsync(cancellationToken);
            handled += batch;
        }
        while (batch > 0);

        return handled;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan delay = TimeSpan.Zero;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(delay, clock, stoppingToken);
                delay = await PumpAsync(stoppingToken) > 0 ? TimeSpan.Zero : options.IdleDelay;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                delay = delay < options.IdleDelay ? options.IdleDelay : delay * 2;
                delay = delay > options.MaxFaultDelay ? options.MaxFaultDelay : delay;
                logger.LogError(fault, "A store failed while events were ingested; they are delivered again in {Delay}.", delay);
            }
        }
    }

    private async Task<int> PumpAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<LeasedMessage> messages = await queue.LeaseAsync(options.BatchSize, options.Lease, cancellationToken);
        if (messages.Count == 0)
        {
            return 0;
        }

        string[] leases = [.. messages.Select(message => message.LeaseId)];
        try
        {
            await ingester.IngestAsync(messages, cancellationToken);
        }
        catch
        {
            await queue.ReleaseAsync(leases, TimeSpan.Zero, CancellationToken.None);
            throw;
        }

        await queue.AcknowledgeAsync(leases, CancellationToken.None);
        return messages.Count;
    }
}
