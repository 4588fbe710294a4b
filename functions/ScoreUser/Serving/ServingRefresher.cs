using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aisle.ScoreUser.Serving;

/// <summary>Keeps the serving state fresh in a warm instance. A store fault leaves the state as it is and is tried again.</summary>
/// <param name="state">What is kept fresh.</param>
/// <param name="options">How often each part is read.</param>
/// <param name="clock">Counts the intervals.</param>
/// <param name="logger">Told of store faults.</param>
public sealed class ServingRefresher(ServingState state, ScoreUserOptions options, TimeProvider clock, ILogger<ServingRefresher> logger) : BackgroundService
{
    /// <summary>Reads everything once. A store that fails is logged, and tried again in the background.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => TryAsync(state.RefreshAsync, cancellationToken);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(state.RefreshModelAsync, options.ManifestInterval, stoppingToken),
        RepeatAsync(state.RefreshAvailabilityAsync, options.AvailabilityInterval, stoppingToken),
        RepeatAsync(state.RefreshRulesAsync, options.RuleInterval, stoppingToken),
        RepeatAsync(state.RefreshExperimentsAsync, options.ExperimentInterval, stoppingToken));

    private async Task RepeatAsync(Func<CancellationToken, Task> refresh, TimeSpan interval, CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync(refresh, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.LogDebug("Refreshing ends with the host.");
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> refresh, CancellationToken cancellationToken)
    {
        try
        {
            await refresh(cancellationToken);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            // Broad: each store throws what its driver throws, and what was known must go on serving through all of it. A bug shows as this warning at each interval.
            logger.LogWarning(fault, "A store failed while the serving state was refreshed; what was known goes on serving.");
        }
    }
}
