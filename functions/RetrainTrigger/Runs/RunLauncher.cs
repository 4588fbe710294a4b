using Aisle.Ports;
using Microsoft.Extensions.Logging;

namespace Aisle.RetrainTrigger.Runs;

/// <summary>Works runs off behind the answer to their trigger, one at a time; what is under way when the process stops
/// is resumed by the next trigger.</summary>
public sealed class RunLauncher(IRunWorker worker, ILogger<RunLauncher> logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private Task _underway = Task.CompletedTask;

    /// <summary>Begins to work the run off, after those that were launched before.</summary>
    public void Launch(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        lock (_lock)
        {
            Task before = _underway;
            _underway = Task.Factory.StartNew(
                () => WorkAsync(before, run.Id, _stopping.Token), _stopping.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        }
    }

    /// <summary>Stops what is under way and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAny(_underway);
        _stopping.Dispose();
    }

    private async Task WorkAsync(Task before, string id, CancellationToken cancellationToken)
    {
        await Task.WhenAny(before);
        try
        {
            Run run = await worker.RunAsync(id, cancellationToken);
            logger.LogInformation("The run {Run} ended: {State}. {Reasons}", run.Id, run.State, string.Join(' ', run.Reasons));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.LogInformation("The run {Run} was stopped; the next trigger resumes it.", id);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            logger.LogError(fault, "The run {Run} broke off; the next trigger resumes it.", id);
        }
    }
}
