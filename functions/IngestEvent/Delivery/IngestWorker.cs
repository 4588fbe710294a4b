using Aisle.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aisle.IngestEvent.Delivery;

/// <summary>Pumps the queue where no push subscription does: leases, ingests, acknowledges. While one batch goes into the
/// session features, the next is leased and appended; two batches are in memory at most. Store faults are retried with
/// growing delay; nothing is lost.</summary>
/// <param name="queue">What to pump.</param>
/// <param name="ingester">What handles a batch.</param>
/// <param name="rescuer">Sees to a batch that failed.</param>
/// <param name="options">Batch size, lease and delays.</param>
/// <param name="clock">Counts the delays.</param>
/// <param name="logger">Told of faults.</param>
public sealed class IngestWorker(
    IEventQueue queue, EventIngester ingester, DeliveryRescuer rescuer, IngestWorkerOptions options, TimeProvider clock, ILogger<IngestWorker> logger) : BackgroundService
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Task _showing = Task.CompletedTask;

    /// <summary>Handles what is waiting now, until the queue has nothing more to lease.</summary>
    /// <returns>How many messages were handled.</returns>
    /// <exception cref="StoreUnavailableException">A store cannot take it now; the messages are back in the queue.</exception>
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
    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
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
                delay = await PumpAsync(stoppingToken) == options.BatchSize ? TimeSpan.Zero : options.IdleDelay;
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
        await _turn.WaitAsync(cancellationToken);
        try
        {
            IReadOnlyList<LeasedMessage> messages = await queue.LeaseAsync(options.BatchSize, options.Lease, cancellationToken);
            if (messages.Count == 0)
            {
                await FinishAsync(cancellationToken);
                return 0;
            }

            await HandleAsync(messages, cancellationToken);
            return messages.Count;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task HandleAsync(IReadOnlyList<LeasedMessage> messages, CancellationToken cancellationToken)
    {
        AppendedBatch? appended = await AppendAsync(messages, cancellationToken);
        await FinishBeforeAsync(messages, cancellationToken);
        if (appended is not null)
        {
            _showing = CompleteAsync(messages, appended, cancellationToken);
        }
    }

    /// <summary>Meets the fault of the batch before, for which these messages are not to blame: they go back as they came.</summary>
    private async Task FinishBeforeAsync(IReadOnlyList<LeasedMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            await FinishAsync(cancellationToken);
        }
        catch
        {
            await GiveBackAsync(messages, CancellationToken.None);
            throw;
        }
    }

    /// <returns>Null when the batch failed and was rescued.</returns>
    private async Task<AppendedBatch?> AppendAsync(IReadOnlyList<LeasedMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            return await ingester.AppendAsync(messages, cancellationToken);
        }
        catch (Exception fault)
        {
            if (!await RescueAsync(messages, fault, cancellationToken))
            {
                throw;
            }

            return null;
        }
    }

    /// <summary>Waits for the batch before, and meets its fault.</summary>
    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        Task before = _showing;
        _showing = Task.CompletedTask;
        await before;
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task CompleteAsync(IReadOnlyList<LeasedMessage> messages, AppendedBatch appended, CancellationToken cancellationToken)
    {
        await Task.Yield(); // embedded stores work on the caller's thread, and the pump is to go on
        try
        {
            await ingester.ShowAsync(appended, cancellationToken);
            await queue.AcknowledgeAsync([.. messages.Select(message => message.LeaseId)], CancellationToken.None);
        }
        catch (Exception fault)
        {
            if (!await RescueAsync(messages, fault, cancellationToken))
            {
                throw;
            }
        }
    }

    private async Task GiveBackAsync(IReadOnlyList<LeasedMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            await queue.ReleaseAsync([.. messages.Select(message => message.LeaseId)], TimeSpan.Zero, cancellationToken);
        }
        catch (StoreUnavailableException down)
        {
            logger.LogError(down, "The queue itself failed; what is leased comes again when its lease runs out.");
        }
    }

    private async Task<bool> RescueAsync(IReadOnlyList<LeasedMessage> messages, Exception fault, CancellationToken cancellationToken)
    {
        try
        {
            return await rescuer.RescueAsync(messages, fault, cancellationToken);
        }
        catch (StoreUnavailableException down)
        {
            logger.LogError(down, "The queue itself failed; what is leased comes again when its lease runs out.");
            return false;
        }
    }
}
